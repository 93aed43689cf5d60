import { ArrayMaxSize, ArrayMinSize, IsArray, Matches } from 'class-validator';

/** One code or reference: no blanks, so that nobody writes a sentence (and a name) into an event. */
const REFERENCE = /^[0-9A-Za-z][\w.:/#-]{0,199}$/;

/** References to evidence (证据), at most 50. */
export function IsReferences({ atLeast = 0 }: { readonly atLeast?: number } = {}): PropertyDecorator {
  return (target, property) => {
    const message = '$property must be a list of references without blanks, each at most 200 characters';
    Matches(REFERENCE, { each: true, message })(target, property);
    ArrayMaxSize(50)(target, property);
    if (atLeast > 0) ArrayMinSize(atLeast)(target, property);
    IsArray()(target, property);
  };
}
