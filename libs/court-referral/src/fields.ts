import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, Matches } from 'class-validator';
import { PARTIES } from '#negotiation/events';

/** One code or reference: no blanks, so that nobody writes a sentence (and a name) into an event. */
const REFERENCE = /^[0-9A-Za-z][\w.:/#-]{0,199}$/;
const MATERIAL = /^[a-z][a-z-]{0,39}=[0-9A-Za-z][\w.:/#-]{0,199}$/;
/** `（2026）浙0602诉前调123号`: visible characters; no number so long that it could be somebody's. */
const NUMBER = /^(?!.*\d{9})[^\s\p{C}]{1,64}$/u;

export const IsReference = (): PropertyDecorator =>
  Matches(REFERENCE, { message: '$property must be a reference without blanks, at most 200 characters' });

/** Evidence, materials: references, at least so many. */
export const AreReferences = (atLeast: number): PropertyDecorator =>
  all(
    IsArray(),
    ArrayMinSize(atLeast),
    ArrayMaxSize(50),
    Matches(REFERENCE, {
      each: true,
      message: '$property must be a list of references without blanks, each at most 200 characters',
    }),
  );

/** `{kind}={reference}`, at least one. */
export const AreMaterials = (): PropertyDecorator =>
  all(
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(500),
    Matches(MATERIAL, { each: true, message: '$property must be a list of {kind}={reference}' }),
  );

export const AreParties = (): PropertyDecorator =>
  all(IsArray(), ArrayMaxSize(PARTIES.length), IsIn(PARTIES, { each: true }));

/** A number that a court gives (案号). */
export const IsCourtNumber = (): PropertyDecorator =>
  Matches(NUMBER, { message: '$property must be 1 to 64 visible characters without blanks or long numbers' });

function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
