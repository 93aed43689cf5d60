import { objectId } from '#kernel';
import type { OpenCase } from './commands.ts';
import { caseOf } from './events.ts';

/**
 * One decision of the head to file makes one case, and a clue is verified once, whoever takes it up first or again: the id follows
 * from what it comes from. Undefined where only the authority knows what it has come upon.
 */
export function idOfMatter({ reportId, mediationId, clueId }: OpenCase): string | undefined {
  if (reportId !== undefined) return caseOf(reportId);
  if (mediationId !== undefined && clueId !== undefined) {
    return objectId(0, `case of clue ${clueId} of mediation-${mediationId}`);
  }
  return undefined;
}
