import { Matches, type ValidationOptions } from 'class-validator';

/** One reference to a document or piece of evidence: no blanks, so that nobody writes a sentence (and a name) into an event. */
export const REFERENCE = /^[0-9A-Za-z][\w.:/#-]{0,199}$/;

/** A reference, or with `each` a list of them. */
export function IsReference(options?: ValidationOptions): PropertyDecorator {
  const message = '$property must be a reference without blanks, at most 200 characters';
  return Matches(REFERENCE, { message, ...options });
}
