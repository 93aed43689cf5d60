import { MARKERS, USCCS } from '../drawn-command.ts';
import type { Teller } from '../teller.ts';

// What several openings begin with.

export const [SHOP, OTHER_SHOP, OPERATOR] = USCCS;
export const DISTRICT = '330602';
export const OTHER_DISTRICT = '330603';
export const BUREAU = '甲区市场监管局';
export const OTHER_BUREAU = '乙区市场监管局';
export const COURT = '甲区人民法院';
export const TEXT = `${MARKERS.word}住甲路1号，电话${MARKERS.phone}`;
export const HASH = 'ab'.repeat(32);
export const PROOF = ['doc-1'];
export const HELD = { authority: BUREAU, handlingRegion: DISTRICT };
export const CONDITIONS = ['evidence-of-violation', 'penalty-due', 'competent', 'within-time-bar'];
export const BOTH = ['consumer', 'merchant'];

export const dispute = (t: Teller, more: object = {}): string =>
  t.open('dispute/open', {
    respondentUscc: SHOP,
    respondentName: MARKERS.word,
    respondentRegion: DISTRICT,
    complainantName: MARKERS.word,
    complainantPhone: MARKERS.phone,
    content: TEXT,
    ...more,
  });

export const complaint = (t: Teller, disputeId: string, more: object = {}): string =>
  t.open('complaint/receive', {
    disputeId,
    ...HELD,
    complainantName: MARKERS.word,
    complainantPhone: MARKERS.phone,
    complainantAddress: TEXT,
    respondentName: MARKERS.word,
    content: TEXT,
    ...more,
  });

/** Accepted, told, and both have agreed to mediation. */
export function accepted(t: Teller, disputeId: string): string {
  const id = complaint(t, disputeId);
  t.on('complaint', id, 'accept', ['notify-acceptance-decision', { channel: 'sms' }]);
  for (const party of ['complainant', 'respondent']) t.on('complaint', id, ['record-consent', { party, agrees: true }]);
  return id;
}

export const mediator = (t: Teller, more: object = {}): string =>
  t.open('mediator/register', {
    name: `${MARKERS.word}调解员`,
    phone: MARKERS.otherPhone,
    region: DISTRICT,
    regions: [DISTRICT],
    kinds: ['administrative'],
    qualifications: ['market-supervision-officer'],
    ...more,
  });

export const body = (t: Teller, type: string, kinds: readonly string[]): string =>
  t.open('mediationBody/register', { name: '甲区调解组织', type, region: DISTRICT, regions: [DISTRICT], kinds });

/** A mediation by the authority of a complaint, in a session that was held. */
export function inSession(t: Teller, disputeId: string, complaintId: string): string {
  const id = t.open('mediation/propose', { kind: 'administrative', disputeId, complaintId });
  t.on('mediation', id, ['assign-mediator', { mediatorId: mediator(t) }]);
  held(t, id, '1');
  return id;
}

export function held(t: Teller, id: string, session: string): void {
  t.on('mediation', id, ['schedule-session', { scheduledFor: t.at(24), mode: 'online', channel: 'sms' }]);
  t.later(1);
  t.on('mediation', id, ['record-attendance', { session, attended: BOTH }]);
}

/** Signed and sealed, so that it binds. */
export function agreed(t: Teller, id: string, more: object = {}): void {
  const what = { form: 'statement', terms: TEXT, textHash: HASH, performanceDue: t.day(9), amountFen: 900 };
  t.on('mediation', id, ['reach-agreement', { ...what, ...more }]);
  const hand = { method: 'seal', textHash: HASH, evidence: PROOF };
  for (const signer of ['consumer', 'merchant', 'body-seal'])
    t.on('mediation', id, ['sign-agreement', { ...hand, signer }]);
}

/** A case that was filed on the authority's own clue. */
export function filedCase(t: Teller, more: object = {}): string {
  const what = { origin: 'inspection', ...HELD, respondentUscc: SHOP, respondentRegion: DISTRICT, content: TEXT };
  const id = t.open('case/open', { ...what, ...more });
  t.on('case', id, 'complete-clue-verification', ['file', { conditions: CONDITIONS }, HEAD]);
  return id;
}

/** The head (负责人). */
export const HEAD = { by: 'head' } as const;
