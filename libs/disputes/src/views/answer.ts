import type { AnswerMoment } from '#service';
import { withoutConsent, type Body, type FirstInquiry } from '../events.ts';
import type { DisputeDocument } from './disputes.ts';
import { resolutionOf, type Procedures, type Resolution } from './resolution.ts';

type Others = ReadonlyMap<string, DisputeDocument>;

/** A dispute that is told with its primary: when it came in, what was done about it, and what came of that. */
interface MergedAnswer extends Procedures, Resolution {
  readonly id: string;
  readonly openedAt: string;
  readonly mergedAt: string | null;
  readonly channel: string | null;
  readonly workOrders: DisputeDocument['workOrders'];
}

/**
 * A dispute as it is answered: who answers for it now, which of the represented have not consented, what was merged into it with
 * all procedures, and in `whole` what became of all of it together, which is what the primary is counted by.
 */
export function answered(doc: DisputeDocument, _: AnswerMoment, others: Others): object {
  const { firstInquiry, joint, ...rest } = doc;
  const merged = mergedAnswers(others);
  return {
    ...rest,
    representatives: joint.representatives,
    consents: joint.consents.map((one) => ({ ...one, missing: withoutConsent(joint, one.act, one.procedure) })),
    firstInquiry: firstInquiry === null ? presumedInquiry(doc) : { ...withoutHandOffs(firstInquiry), presumed: false },
    merged,
    whole: resolutionOf(together(doc, merged)),
  };
}

function withoutHandOffs({ handOffs: _, ...inquiry }: FirstInquiry): object {
  return inquiry;
}

export function streamsOf(doc: DisputeDocument, key: string, others: Others): readonly string[] {
  return [ownStreams(doc, key), ...[...others].map(([id, other]) => ownStreams(other, id))].flat();
}

function ownStreams(doc: DisputeDocument, key: string): readonly string[] {
  return [
    `dispute-${key}`,
    ...doc.workOrders.map(({ id }) => `workOrder-${id}`),
    ...doc.negotiations.map(({ id }) => `negotiation-${id}`),
    ...doc.complaints.map(({ id }) => `complaint-${id}`),
    ...doc.mediations.map(({ id }) => `mediation-${id}`),
    ...doc.further.map(({ category, id }) => `${category}-${id}`),
  ];
}

function mergedAnswers(others: Others): readonly MergedAnswer[] {
  return [...others].map(([id, other]) => {
    const { openedAt, channel, workOrders, negotiations, complaints, mediations, further } = other;
    const { stage, outcome, resolvedBy, concludedAt } = other;
    const mergedAt = other.mergers.at(-1)?.from ?? null;
    const told = { id, openedAt, mergedAt, channel, stage, outcome, resolvedBy, concludedAt };
    return { ...told, workOrders, negotiations, complaints, mediations, further };
  });
}

function together(doc: Procedures, merged: readonly Procedures[]): Procedures {
  const all = [doc, ...merged];
  return {
    negotiations: all.flatMap(({ negotiations }) => negotiations),
    complaints: all.flatMap(({ complaints }) => complaints),
    mediations: all.flatMap(({ mediations }) => mediations),
    further: all.flatMap(({ further }) => further),
  };
}

/** Where nobody has written down who took it up first: the authority that first received a complaint of it. */
function presumedInquiry({ complaints }: DisputeDocument): object | null {
  const [first] = complaints.toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  if (first === undefined) return null;
  const responsible: Body = { authority: first.authority, region: first.handlingRegion };
  const { receivedAt } = first;
  const since = { takenUpAt: receivedAt, responsibleSince: receivedAt };
  return { first: responsible, basis: 'complaint', responsible, ...since, presumed: true };
}
