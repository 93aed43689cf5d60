import { Matches, type ValidationOptions } from 'class-validator';
import { NamesNobody } from './names-nobody.ts';

/** One reference to a document or piece of evidence: no blanks, so that nobody writes a sentence (and a name) into an event. */
export const REFERENCE = /^[0-9A-Za-z][\w.:/#-]{0,199}$/;

/** A reference that names nobody, or with `each` a list of them. */
export function IsReference(options?: ValidationOptions): PropertyDecorator {
  const message = '$property must be a reference without blanks, at most 200 characters';
  return (target, property) => {
    Matches(REFERENCE, { message, ...options })(target, property);
    NamesNobody(options)(target, property);
  };
}
