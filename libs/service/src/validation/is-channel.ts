import { Matches, type ValidationOptions } from 'class-validator';

/** Without a hyphen, so that `{channel}-{externalNo}` can be read only one way; seven digits in a row are nobody's channel. */
export const CHANNEL = /^(?!.*\d{7})[a-z0-9]{1,24}$/;

/** Name of a channel (渠道): 12345, 12315, station… */
export function IsChannel(options?: ValidationOptions): PropertyDecorator {
  return Matches(CHANNEL, {
    message: '$property must be 1 to 24 lower-case letters or digits, and no long number',
    ...options,
  });
}
