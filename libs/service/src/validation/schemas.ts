import type { targetConstructorToSchema } from 'class-validator-jsonschema';
import { OBJECT_ID } from './is-object-id.ts';
import { REGION_CODE } from './is-region-code.ts';

type Converters = NonNullable<NonNullable<Parameters<typeof targetConstructorToSchema>[1]>['additionalConverters']>;

/** What our own decorators mean in JSON Schema, by their names: `additionalConverters` for class-validator-jsonschema. */
export const validatorSchemas: Converters = {
  isUscc: { type: 'string', minLength: 18, maxLength: 18, examples: ['9144030071526726XG'] },
  isRegionCode: { type: 'string', pattern: REGION_CODE.source, examples: ['330602'] },
  isObjectId: { type: 'string', pattern: OBJECT_ID.source },
  isLocalDate: { type: 'string', format: 'date' },
  namesNobody: {},
  isRedactedText: {},
  isInstant: { type: 'string', format: 'date-time' },
  isText: (metadata) => ({ type: 'string', minLength: 1, maxLength: metadata.constraints[0] as number }),
};
