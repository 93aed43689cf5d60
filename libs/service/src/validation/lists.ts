import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn } from 'class-validator';
import { IsReference } from './is-reference.ts';

/** References to what proves something: at least so many, and no more than fifty. */
export function AreReferences(atLeast: number): PropertyDecorator {
  return all(IsArray(), ArrayMinSize(atLeast), ArrayMaxSize(50), IsReference({ each: true }));
}

/** Codes of a list: each one of these, and no more than there are. */
export function AreAmong(values: readonly string[]): PropertyDecorator {
  return all(IsArray(), ArrayMaxSize(values.length), IsIn(values, { each: true }));
}

function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
