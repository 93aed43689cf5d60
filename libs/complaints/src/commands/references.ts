import { ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';
import { IsReference } from '#service';

/** References to evidence (证据), at most 50. */
export function IsReferences({ atLeast = 0 }: { readonly atLeast?: number } = {}): PropertyDecorator {
  return (target, property) => {
    IsReference({ each: true })(target, property);
    ArrayMaxSize(50)(target, property);
    if (atLeast > 0) ArrayMinSize(atLeast)(target, property);
    IsArray()(target, property);
  };
}
