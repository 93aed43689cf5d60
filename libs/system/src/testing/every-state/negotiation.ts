import type { Matrix } from '../matrix.ts';

/** Negotiations (和解), with returns (无理由退货) and advances (先行赔付): what each command comes to, and in which states. */
export const negotiationMatrix: Matrix = {
  none: 'UNKNOWN_NEGOTIATION',
  commands: {
    open: {
      NegotiationOpened: 'none',
      NEGOTIATION_EXISTS: 'open* · agreed · claimed* · settled · disputed · escalated · failed · expired',
    },
    acknowledge: {
      NegotiationAcknowledged:
        'open · claimed* · open, advanced · open, return requested, advanced · open, return refused, advanced · open, return requested · open, return received · open, return refunded',
      '(nothing)': 'open, offered · agreed',
      ALREADY_SETTLED: 'settled',
      SETTLEMENT_IS_DISPUTED: 'disputed',
      ALREADY_ESCALATED: 'escalated',
      ALREADY_FAILED: 'failed',
      NEGOTIATION_EXPIRED: 'expired',
    },
    propose: {
      SettlementProposed: 'open* · claimed*',
      ALREADY_AGREED: 'agreed',
      ALREADY_SETTLED: 'settled',
      SETTLEMENT_IS_DISPUTED: 'disputed',
      ALREADY_ESCALATED: 'escalated',
      ALREADY_FAILED: 'failed',
      NEGOTIATION_EXPIRED: 'expired',
    },
    counter: {
      SettlementCountered: 'open, offered',
      NOT_ACKNOWLEDGED:
        'open · open, advanced · open, return requested, advanced · open, return refused, advanced · open, return requested · open, return received · open, return refunded',
      ALREADY_AGREED: 'agreed · claimed*',
      ALREADY_SETTLED: 'settled',
      SETTLEMENT_IS_DISPUTED: 'disputed',
      ALREADY_ESCALATED: 'escalated',
      ALREADY_FAILED: 'failed',
      NEGOTIATION_EXPIRED: 'expired',
    },
    agree: {
      SettlementAgreed: 'open, offered',
      UNKNOWN_OFFER:
        'open · open, advanced · open, return requested, advanced · open, return refused, advanced · open, return requested · open, return received · open, return refunded',
      ALREADY_AGREED: 'agreed · claimed*',
      ALREADY_SETTLED: 'settled',
      SETTLEMENT_IS_DISPUTED: 'disputed',
      ALREADY_ESCALATED: 'escalated',
      ALREADY_FAILED: 'failed',
      NEGOTIATION_EXPIRED: 'expired',
    },
    claim: {
      SettlementClaimed: 'open* · agreed',
      '(nothing)': 'claimed*',
      ALREADY_SETTLED: 'settled',
      SETTLEMENT_IS_DISPUTED: 'disputed',
      ALREADY_ESCALATED: 'escalated',
      ALREADY_FAILED: 'failed',
      NEGOTIATION_EXPIRED: 'expired',
    },
    'notify-claim': {
      SettlementClaimNotified: 'claimed',
      NOTHING_CLAIMED: 'open* · agreed',
      '(nothing)': 'claimed, told',
      ALREADY_SETTLED: 'settled',
      SETTLEMENT_IS_DISPUTED: 'disputed',
      ALREADY_ESCALATED: 'escalated',
      ALREADY_FAILED: 'failed',
      NEGOTIATION_EXPIRED: 'expired',
    },
    confirm: {
      SettlementConfirmed: 'agreed · claimed*',
      NOTHING_TO_CONFIRM: 'open*',
      ALREADY_SETTLED: 'settled',
      SETTLEMENT_IS_DISPUTED: 'disputed',
      ALREADY_ESCALATED: 'escalated',
      ALREADY_FAILED: 'failed',
      NEGOTIATION_EXPIRED: 'expired',
    },
    'dispute-settlement': {
      SettlementDisputed: 'claimed* · settled',
      NOTHING_TO_DISPUTE: 'open* · agreed',
      SETTLEMENT_IS_DISPUTED: 'disputed',
      ALREADY_ESCALATED: 'escalated',
      ALREADY_FAILED: 'failed',
      NEGOTIATION_EXPIRED: 'expired',
    },
    fail: {
      NegotiationFailed: 'open* · agreed · claimed*',
      ALREADY_SETTLED: 'settled',
      SETTLEMENT_IS_DISPUTED: 'disputed',
      ALREADY_ESCALATED: 'escalated',
      ALREADY_FAILED: 'failed',
      NEGOTIATION_EXPIRED: 'expired',
    },
    escalate: {
      NegotiationEscalated: 'open* · agreed · claimed* · disputed · failed · expired',
      ALREADY_SETTLED: 'settled',
      ALREADY_ESCALATED: 'escalated',
    },
    'feed-back-result': {
      NegotiationResultRecorded: 'settled',
      NO_RESULT_YET: 'open* · agreed · claimed*',
      RESULT_MISMATCH: 'disputed · escalated',
      HANDLED_ON_OUT_OF_RANGE: 'failed · expired',
    },
    'pay-in-advance': {
      AdvancePaymentMade: 'open',
      SCHEME_NOT_ACTIVE: 'open, offered · agreed · claimed* · settled · disputed · escalated · failed',
      NOT_ALLOTTED:
        'expired · open, advanced · open, return requested, advanced · open, return refused, advanced · open, return requested · open, return received · open, return refunded',
    },
    'record-recourse': {
      RecourseRecovered: 'open, advanced',
      NOTHING_TO_RECOVER:
        'open · open, offered · agreed · claimed* · settled · disputed · escalated · failed · expired · open, return requested · open, return received · open, return refunded',
      RECOURSE_OVER_PAYMENT: 'open, return requested, advanced · open, return refused, advanced',
    },
    'request-return': {
      NoReasonReturnRequested: 'open · open, advanced',
      SIGNED_IN_FUTURE: 'open, offered · agreed · claimed*',
      ALREADY_SETTLED: 'settled',
      SETTLEMENT_IS_DISPUTED: 'disputed',
      ALREADY_ESCALATED: 'escalated',
      ALREADY_FAILED: 'failed',
      NEGOTIATION_EXPIRED: 'expired',
      RETURN_EXISTS:
        'open, return requested, advanced · open, return refused, advanced · open, return requested · open, return received · open, return refunded',
    },
    'refuse-return': {
      NoReasonReturnRefused: 'open, return requested, advanced · open, return requested · open, return received',
      NO_RETURN:
        'open · open, offered · agreed · claimed* · settled · disputed · escalated · failed · expired · open, advanced',
      RETURN_IS_REFUSED: 'open, return refused, advanced',
      RETURN_IS_REFUNDED: 'open, return refunded',
    },
    'receive-goods': {
      ReturnedGoodsReceived: 'open, return requested, advanced · open, return requested',
      NO_RETURN:
        'open · open, offered · agreed · claimed* · settled · disputed · escalated · failed · expired · open, advanced',
      RETURN_IS_REFUSED: 'open, return refused, advanced',
      RETURN_IS_RECEIVED: 'open, return received',
      RETURN_IS_REFUNDED: 'open, return refunded',
    },
    'refund-return': {
      ReturnRefunded: 'open, return requested, advanced · open, return requested · open, return received',
      NO_RETURN:
        'open · open, offered · agreed · claimed* · settled · disputed · escalated · failed · expired · open, advanced',
      RETURN_IS_REFUSED: 'open, return refused, advanced',
      RETURN_IS_REFUNDED: 'open, return refunded',
    },
    'verify-late-entry': {
      NegotiationLateEntryVerified: 'open, return refunded',
      UNKNOWN_CLOCK:
        'open · open, offered · agreed · claimed* · settled · disputed · escalated · failed · expired · open, advanced · open, return requested, advanced · open, return refused, advanced · open, return requested',
      NOT_BACKDATED: 'open, return received',
    },
  },
};
