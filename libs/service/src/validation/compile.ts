import { getMetadataStorage } from 'class-validator';
import type { FieldError } from '../problem.ts';

/**
 * Validators compiled once per class from its class-validator decorators. The library walks its metadata anew for every
 * object, which costs a fifth of a busy service; compiled, the same constraints of the same decorators run as a flat
 * list. Behaves as `validate(…, { whitelist: true, forbidNonWhitelisted: true })`, and a property test holds the two equal.
 */
export type Validator<Command extends object> = (body: unknown) => Validated<Command>;
export type Validated<Command> =
  | { readonly command: Command; readonly errors?: undefined }
  | { readonly command?: undefined; readonly errors: readonly FieldError[] };

interface Constraint {
  readonly name: string;
  check(value: unknown, body: object): boolean;
  reason(value: unknown, body: object): string;
}

interface Property {
  readonly name: string;
  /** Conditions (`@IsOptional`, `@ValidateIf`) that must all hold for the constraints to be looked at. */
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly constraints: readonly Constraint[];
}

/** Codes by constraint; any other is `INVALID_FIELD`. */
const CODES: Readonly<Record<string, string>> = {
  isUscc: 'INVALID_USCC',
  isRegionCode: 'INVALID_REGION',
  isInstant: 'INVALID_INSTANT',
  isLocalDate: 'INVALID_DATE',
  namesNobody: 'PERSONAL_NUMBER',
  isDefined: 'MISSING_FIELD',
};

const compiled = new WeakMap<object, Validator<object>>();

export function validatorOf<Command extends object>(type: new () => Command): Validator<Command> {
  let validator = compiled.get(type);
  if (validator === undefined) {
    validator = compile(type);
    compiled.set(type, validator);
  }
  return validator as Validator<Command>;
}

/** Names of the fields a command class declares. */
export function fieldsOf(type: new () => object): string[] {
  return propertiesOf(type).map((property) => property.name);
}

function compile<Command extends object>(type: new () => Command): Validator<Command> {
  const properties = propertiesOf(type);
  const known = new Set(properties.map((property) => property.name));
  return (body) => {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      return { errors: [{ field: '', code: 'BODY_NOT_AN_OBJECT', reason: 'the body must be a JSON object' }] };
    }
    const given = body as Record<string, unknown>;
    let errors: FieldError[] | undefined;
    for (const field of Object.keys(given)) {
      if (!known.has(field)) {
        (errors ??= []).push({ field, code: 'UNKNOWN_FIELD', reason: `${field} is not a field of this command` });
      }
    }
    const command = new type() as Command & Record<string, unknown>;
    for (const property of properties) {
      // An own property only: a body must not reach what objects inherit.
      const value = Object.hasOwn(given, property.name) ? given[property.name] : undefined;
      (command as Record<string, unknown>)[property.name] = value === null ? undefined : value;
      if (!isWellFormed(value)) {
        (errors ??= []).push({
          field: property.name,
          code: 'MALFORMED_TEXT',
          reason: 'the text holds half a character',
        });
        continue;
      }
      if (!property.conditions.every((condition) => condition(given, value))) continue;
      for (const constraint of property.constraints) {
        if (constraint.check(value, given)) continue;
        const code =
          value === undefined || value === null ? 'MISSING_FIELD' : (CODES[constraint.name] ?? 'INVALID_FIELD');
        (errors ??= []).push({ field: property.name, code, reason: constraint.reason(value, given) });
        break;
      }
    }
    return errors === undefined ? { command } : { errors };
  };
}

function propertiesOf(type: new () => object): Property[] {
  const storage = getMetadataStorage();
  const byName = storage.groupByPropertyName(storage.getTargetValidationMetadatas(type, '', true, false));
  return Object.entries(byName).map(([name, metadatas]) => {
    const conditions: Property['conditions'][number][] = [];
    const constraints: Constraint[] = [];
    for (const metadata of metadatas) {
      if (metadata.type === 'conditionalValidation') {
        conditions.push(metadata.constraints[0] as Property['conditions'][number]);
        continue;
      }
      if (metadata.type === 'whitelistValidation') continue;
      if (metadata.type !== 'customValidation' && metadata.type !== 'isDefined') {
        throw new Error(`${type.name}.${name}: ${metadata.type} is not compiled; commands are flat`);
      }
      if (metadata.validateIf !== undefined) {
        throw new Error(`${type.name}.${name}: the validateIf option is not compiled; use @ValidateIf`);
      }
      for (const { name: constraintName, instance } of storage.getTargetValidatorConstraints(metadata.constraintCls)) {
        const argumentsFor = (value: unknown, object: object) => ({
          targetName: type.name,
          property: name,
          object,
          value,
          constraints: metadata.constraints,
        });
        const check = (value: unknown, object: object) => {
          const answer = instance.validate(value, argumentsFor(value, object));
          if (typeof answer !== 'boolean')
            throw new Error(`${type.name}.${name}: asynchronous constraints are not compiled`);
          return answer;
        };
        constraints.push({
          name: constraintName,
          check: metadata.each
            ? (value, object) =>
                Array.isArray(value) ? value.every((item) => check(item, object)) : check(value, object)
            : check,
          reason: (value, object) => {
            const message =
              typeof metadata.message === 'function'
                ? metadata.message(argumentsFor(value, object))
                : (metadata.message ?? instance.defaultMessage?.(argumentsFor(value, object)) ?? constraintName);
            return message
              .replaceAll('$property', name)
              .replaceAll(/\$constraint(\d+)/g, (_, index: string) => String(metadata.constraints[Number(index) - 1]));
          },
        });
      }
    }
    return { name, conditions, constraints };
  });
}

/**
 * Text with a lone surrogate has no canonical form, and could be neither digested nor stored. Commands are flat: a list
 * in a list is refused by what the field must be, and is not looked into, however deep it goes.
 */
function isWellFormed(value: unknown): boolean {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts.every((text) => typeof text !== 'string' || text.isWellFormed());
}
