import { Failure } from '#kernel';
import { parse } from 'yaml';

/** Numbers of law the rules of a complaint refuse against, each with its source. Data: `rules.yaml`. */
export interface ComplaintRules {
  /** Years from the day the consumer knew of the harm to the receipt of the complaint. */
  readonly limitation: { readonly years: number; readonly source: string };
  /** Calendar days from acceptance, the day of acceptance not counted, on the last of which the limit may be reached. */
  readonly mediationLimit: { readonly atLeastDays: number; readonly source: string };
}

/** Reads the text of `rules.yaml`. Throws `RULES_INVALID` when a number is missing: a default would be made-up law. */
export function parseComplaintRules(text: string): ComplaintRules {
  const rules = parse(text) as Partial<ComplaintRules> | null;
  const { limitation, mediationLimit } = rules ?? {};
  if (!isCount(limitation?.years) || !isCount(mediationLimit?.atLeastDays)) {
    throw new Failure(
      'RULES_INVALID',
      'rules of complaints: limitation.years and mediationLimit.atLeastDays are needed',
    );
  }
  return { limitation: limitation!, mediationLimit: mediationLimit! };
}

function isCount(value: number | undefined): boolean {
  return Number.isInteger(value) && value! > 0;
}
