import { formatInstant, refuse, type DecisionContext, type Instant, type Refusal } from '#kernel';

/**
 * A step does not happen before the one it follows. Told in another order the log would say one thing by its sequence and
 * another by its times: an expulsion dated before the activation would leave a member that is active ever since.
 */
export function outOfTime(
  { previousAt }: { readonly previousAt: Instant },
  { occurredAt }: Pick<DecisionContext<unknown>, 'occurredAt'>,
): Refusal | undefined {
  if (occurredAt >= previousAt) return undefined;
  const detail = `The step before it happened at ${formatInstant(previousAt)}.`;
  return refuse('invalid', 'OCCURRED_BEFORE_PREVIOUS_STEP', detail, 'occurredAt');
}
