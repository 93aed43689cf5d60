import { Matches, MaxLength, type ValidationOptions } from 'class-validator';
import { NamesNobody } from './names-nobody.ts';

const WEB_ADDRESS = /^https?:\/\/[\w.-]+(?::\d{1,5})?(?:\/[\w./~%?&=#:+,;@-]*)?$/;

/** Where something can be read: http or https, up to 500 characters, and nobody's number in it. */
export function IsWebAddress(options?: ValidationOptions): PropertyDecorator {
  const message = '$property must be a web address, http or https';
  return (target, property) => {
    MaxLength(500, options)(target, property);
    Matches(WEB_ADDRESS, { message, ...options })(target, property);
    NamesNobody(options)(target, property);
  };
}
