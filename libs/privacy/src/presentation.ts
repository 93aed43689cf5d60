import type { Role } from '#access';
import { FORGOTTEN } from './port.ts';
import type { Forgotten, PersonalData } from './port.ts';
import { redactAddress, redactName, redactPhone, redactText } from './redaction.ts';

/** Whether a reader sees personal data as it is, or redacted (脱敏). */
export type Disclosure = 'clear' | 'redacted';

/** Who needs clear data for the task: those who receive, handle, mediate and investigate (T-37). */
const DISCLOSURE: Readonly<Record<Role, Disclosure>> = {
  hotline: 'clear',
  officer: 'clear',
  head: 'clear',
  mediator: 'clear',
  enforcement: 'clear',
  administrator: 'clear',
  merchant: 'redacted',
  court: 'redacted',
  'programme-office': 'redacted',
  auditor: 'redacted',
  public: 'redacted',
};

export function disclosureFor(role: Role): Disclosure {
  return DISCLOSURE[role];
}

/** A person as an answer shows it. */
export type PresentedPerson = PersonalData | { readonly forgotten: true };

/**
 * Personal data for a reader, ready for JSON. Redacted free text also hides the person's own name wherever it stands;
 * names of others cannot be told from other words, so free text is for those who have a task with it.
 */
export function present(data: PersonalData | Forgotten, disclosure: Disclosure): PresentedPerson {
  if (data === FORGOTTEN) return { forgotten: true };
  if (disclosure === 'clear') return data;
  const { name, phone, address, text } = data;
  return {
    ...(name !== undefined && { name: redactName(name) }),
    ...(phone !== undefined && { phone: redactPhone(phone) }),
    ...(address !== undefined && { address: redactAddress(address) }),
    ...(text !== undefined && { text: mapValues(text, (value) => redactText(withoutOwn(value, data))) }),
  };
}

function withoutOwn(text: string, { name, address }: PersonalData): string {
  let result = text;
  // A single character is no name to search for: it would blank that character everywhere.
  if (name !== undefined && name.length > 1) result = result.replaceAll(name, redactName(name));
  if (address !== undefined && address.length > 1) result = result.replaceAll(address, redactAddress(address));
  return result;
}

function mapValues(record: Readonly<Record<string, string>>, map: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
