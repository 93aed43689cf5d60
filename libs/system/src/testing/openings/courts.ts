import { MARKERS } from '../drawn-command.ts';
import type { Teller } from '../teller.ts';
import { accepted, agreed, body, BOTH, COURT, dispute, DISTRICT, inSession, PROOF, SHOP, TEXT } from './parts.ts';

const atCourt = { by: 'court' } as const;

/** The route to the court: offered, refused, sent back, filed, declined, and what the court decided. */
export function toCourt(t: Teller): void {
  const disputeId = dispute(t);
  const mediationId = inSession(t, disputeId, accepted(t, disputeId));
  t.on('mediation', mediationId, ['terminate', { ground: '23(1)(8)' }], ['notify-termination', { channel: 'mail' }]);
  const route = { disputeId, handlingRegion: DISTRICT, purpose: 'suit', mediationId };
  let before = t.open('referral/offer', route);
  t.on('referral', before, ['refuse-route', { party: 'consumer' }]);
  const received = (items: readonly string[]) => {
    const id = t.open('referral/offer', { ...route, afterReferralId: before });
    before = id;
    t.on('referral', id, ['consent-to-route', { party: 'consumer', evidence: PROOF }]);
    sent(t, id, items);
    return id;
  };
  const judged = received(['undisputed-fact=doc-1']);
  t.on('referral', judged, ['record-court-return', { reason: 'materials-incomplete' }, atCourt]);
  sent(t, judged, ['undisputed-fact=doc-1', 'evidence=doc-2']);
  t.later(12);
  t.on('referral', judged, ['record-filing', { courtCaseNo: '（2026）浙0602民初2号' }, { ...atCourt, ago: 10 * 24 }]);
  const late = { clock: 'filing', reason: 'paper-record', evidence: PROOF };
  t.on('referral', judged, ['verify-late-entry', late, { by: 'officer:2' }]);
  t.on('referral', judged, [
    'record-judgment',
    { documentNo: '（2026）浙0602民初3号', judgment: 'upheld', awardedFen: 900 },
    atCourt,
  ]);
  const settled = received(['undisputed-fact=doc-3']);
  t.on('referral', settled, ['record-filing', { courtCaseNo: '（2026）浙0602民初4号' }, atCourt]);
  t.on('referral', settled, ['record-settlement', { documentNo: '（2026）浙0602民初5号', agreedFen: 900 }, atCourt]);
  const withdrawn = received(['undisputed-fact=doc-4']);
  t.on('referral', withdrawn, ['record-filing', { courtCaseNo: '（2026）浙0602民初6号' }, atCourt]);
  t.on('referral', withdrawn, ['record-withdrawal', { reason: 'settled' }, atCourt]);
  const declined = received(['undisputed-fact=doc-5']);
  t.on('referral', declined, ['record-filing-refusal', { ground: 'no-jurisdiction' }, atCourt]);
  received(['undisputed-fact=doc-6']);
  t.amendCalendar(12);
}

function sent(t: Teller, id: string, items: readonly string[]): void {
  t.on('referral', id, ['package-materials', { items, factsAgreedBy: BOTH }]);
  const { package: made } = t.state<{ readonly package: { readonly id: string } }>('referral', id);
  t.on('referral', id, ['transfer', { package: made.id, court: COURT, jurisdictionBasis: 'respondent-domicile' }]);
  t.on('referral', id, ['record-receipt', {}, atCourt]);
}

/** What a court assigns: to a body that takes it or not, up to the return of the case. */
export function fromCourt(t: Teller): void {
  const kinds = ['peoples', 'court-invited'];
  const bodies = [
    body(t, 'peoples-mediation-committee', kinds),
    body(t, 'peoples-mediation-committee', kinds),
  ] as const;
  let number = 0;
  const assigned = (more: object = {}) =>
    t.open('referral/assign', {
      ...{
        court: COURT,
        courtCaseNo: `（2026）浙0602诉前调${++number}号`,
        kind: 'pre-filing',
        handlingRegion: DISTRICT,
      },
      ...{ respondentUscc: SHOP, claimantName: MARKERS.word, claimantPhone: MARKERS.phone, content: TEXT },
      ...more,
    });
  const id = assigned({ bodyId: bodies[0], materials: PROOF });
  t.on('referral', id, ['link-dispute', { disputeId: dispute(t) }]);
  t.on('referral', id, ['refuse-assignment', { ground: 'out-of-scope', reason: TEXT }]);
  t.on('referral', id, ['designate-body', { bodyId: bodies[1], by: 'court' }, atCourt]);
  t.on('referral', id, ['confirm-assignment', { basis: 'platform' }]);
  t.later(9);
  t.on('referral', id, ['contact-other-party', { channel: 'phone' }, { ago: 8 * 24 }]);
  const late = { clock: 'assignment-contact', reason: 'paper-record', evidence: PROOF };
  t.on('referral', id, ['verify-late-entry', late, { by: 'officer:2' }]);
  for (const party of BOTH) t.on('referral', id, ['consent-to-mediation', { party, evidence: PROOF }]);
  t.on('referral', id, ['extend', { days: 10, agreedBy: BOTH, evidence: PROOF }], 'start-appraisal');
  t.later(1);
  t.on('referral', id, 'complete-appraisal', ['report-sham', { indications: ['collusion'], reason: TEXT }]);
  t.on('referral', id, ['review-sham', { finding: 'no-sham', evidence: PROOF }, atCourt]);
  t.on('referral', id, ['agree', { form: 'written', agreedBy: BOTH, agreedFen: 900, evidence: PROOF }]);
  t.on('referral', id, ['return-to-court', { report: 'doc-9' }]);
  const failed = assigned({ consents: BOTH });
  t.on(
    'referral',
    failed,
    ['designate-body', { bodyId: bodies[0], by: 'parties' }],
    ['confirm-assignment', { basis: 'materials-signed' }],
  );
  t.on('referral', failed, ['fail', { reason: 'party-unwilling' }]);
  const lapsed = assigned({ bodyId: bodies[0], consents: BOTH });
  t.on('referral', lapsed, ['confirm-assignment', { basis: 'platform' }]);
  assigned({ bodyId: bodies[0] });
  t.later(40);
}

/** Both apply: confirmed, performed, enforced and attacked; not accepted; taken back; dismissed. */
export function confirmations(t: Teller): void {
  let number = 0;
  const apply = { applicants: BOTH, evidence: PROOF, court: COURT, courtBasis: 'body-place' };
  const opened = () => {
    const disputeId = dispute(t);
    const mediationId = inSession(t, disputeId, accepted(t, disputeId));
    agreed(t, mediationId);
    return t.open('confirmation/open', { mediationId, matter: 'property-or-contract' });
  };
  const numbered = () => `（2026）浙0602司确${++number}号`;
  const taken = () => {
    const id = opened();
    t.on('confirmation', id, ['apply', apply], ['accept', { courtCaseNo: numbered() }, atCourt]);
    return id;
  };
  const id = opened();
  for (const party of BOTH) {
    t.on('confirmation', id, [
      'sign',
      { party, court: COURT, courtBasis: 'body-place', evidence: PROOF },
      { by: 'officer' },
    ]);
  }
  t.later(9);
  t.on('confirmation', id, ['accept', { courtCaseNo: numbered() }, { ...atCourt, ago: 8 * 24 }]);
  const late = { clock: 'court-acceptance', reason: 'paper-record', evidence: PROOF };
  t.on('confirmation', id, ['verify-late-entry', late, { by: 'officer:2' }]);
  t.on(
    'confirmation',
    id,
    ['extend-decision', { days: 10 }, atCourt],
    ['confirm', { documentNo: numbered() }, atCourt],
  );
  t.on('confirmation', id, ['apply-for-enforcement', { party: 'consumer', evidence: PROOF }]);
  t.on('confirmation', id, ['challenge', { knewOn: t.day(), challengerName: MARKERS.word }, atCourt]);
  t.on('confirmation', id, ['decide-challenge', { result: 'rejected', documentNo: numbered() }, atCourt]);
  t.on('confirmation', id, ['perform', { evidence: PROOF }]);
  const dismissed = taken();
  t.on('confirmation', dismissed, ['dismiss', { documentNo: numbered(), grounds: ['content-unclear'] }, atCourt]);
  const withdrawn = taken();
  t.on('confirmation', withdrawn, ['withdraw', { withdrawal: 'by-parties', by: ['consumer'], evidence: PROOF }]);
  const declined = opened();
  t.on('confirmation', declined, ['apply', apply], ['decline', { ground: 'no-jurisdiction' }, atCourt]);
  const revoked = taken();
  t.on('confirmation', revoked, ['confirm', { documentNo: numbered() }, atCourt]);
  t.on('confirmation', revoked, ['challenge', { knewOn: t.day() }, atCourt]);
  t.on('confirmation', revoked, ['decide-challenge', { result: 'revoked', documentNo: numbered() }, atCourt]);
  t.on('confirmation', opened(), ['apply', apply]);
  opened();
  t.later(19);
  t.amendCalendar(13);
}
