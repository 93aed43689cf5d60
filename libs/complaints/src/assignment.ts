import { localDateOf, type Instant, type LocalDate } from '#kernel';

/** `presumed`: it received the complaint as competent, and nobody has determined otherwise. */
export type Competence = 'presumed' | 'competent' | 'not-competent';

/** 承办: the time in which one authority has the complaint in hand. Responsibility is that of the holder of the day (T-19). */
export interface Assignment {
  readonly authority: string;
  readonly region: string;
  readonly receivedAt: Instant;
  /** Null while it has it. */
  readonly leftAt: Instant | null;
  readonly competence: Competence;
}

export function assigned(
  authority: string,
  region: string,
  receivedAt: Instant,
  competence: Competence = 'presumed',
): Assignment {
  return { authority, region, receivedAt, leftAt: null, competence };
}

/** The last one with something changed. */
export function lastChanged(
  assignments: readonly Assignment[],
  changed: Partial<Omit<Assignment, 'authority' | 'region'>>,
): readonly Assignment[] {
  const last = assignments.at(-1);
  return last === undefined ? assignments : assignments.with(-1, { ...last, ...changed });
}

/** It leaves the authority that has it; one that has left it already has left it. */
export function left(assignments: readonly Assignment[], at: Instant): readonly Assignment[] {
  return assignments.at(-1)?.leftAt === null ? lastChanged(assignments, { leftAt: at }) : assignments;
}

/**
 * Day on which an authority first received the complaint. From it the seven working days run: they begin when a competent
 * authority first receives, so that one that gives a complaint away and gets it back has gained nothing (S1 Art. 15, T-19).
 */
export function firstReceiptBy(
  { authority, region }: Pick<Assignment, 'authority' | 'region'>,
  assignments: readonly Assignment[],
): LocalDate | undefined {
  const own = assignments.find((one) => one.authority === authority && one.region === region);
  return own === undefined ? undefined : localDateOf(own.receivedAt);
}

/** When a competent authority first received it, as far as has been determined: of two complaints the earlier is the primary. */
export function firstCompetentReceipt(assignments: readonly Assignment[]): Instant | undefined {
  return assignments.find(({ competence }) => competence !== 'not-competent')?.receivedAt;
}

/** 往返次数: how often it was sent on after its first receipt. */
export function timesSentOn(assignments: readonly { readonly leftAt: unknown }[]): number {
  return assignments.filter(({ leftAt }) => leftAt !== null).length;
}
