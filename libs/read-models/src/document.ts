/**
 * Checks that a document survives being stored: plain JSON, and scalars in the indexed fields. What it has checked it
 * freezes, so that an `evolve` that changes its argument fails at once, and what the next event left alone is not
 * looked at again.
 */
export function sealDocument(doc: unknown, indexed: readonly string[]): object {
  if (doc === null || typeof doc !== 'object' || Array.isArray(doc))
    throw new TypeError('a document must be an object');
  if (!Object.isFrozen(doc)) seal(doc, '');
  for (const field of indexed) {
    const value = (doc as Record<string, unknown>)[field];
    if (value === null || value === undefined || typeof value === 'string' || typeof value === 'number') continue;
    throw new TypeError(`indexed field ${field} must be text, a number or null`);
  }
  return doc;
}

function seal(container: object, path: string): void {
  if (Array.isArray(container)) {
    for (let i = 0; i < container.length; i++) sealValue(container[i] as unknown, `${path}[${i}]`);
  } else {
    const prototype: unknown = Object.getPrototypeOf(container);
    const plain = prototype === null || Object.getPrototypeOf(prototype) === null;
    if (!plain) throw new TypeError(`${path || 'the document'} is not plain JSON`);
    for (const name of Object.keys(container))
      sealValue((container as Record<string, unknown>)[name], `${path}.${name}`);
  }
  Object.freeze(container);
}

function sealValue(value: unknown, path: string): void {
  switch (typeof value) {
    case 'boolean':
    case 'undefined':
      return;
    case 'string':
      if (!value.isWellFormed()) throw new TypeError(`${path} is not well-formed text`);
      return;
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${path} is not a finite number`);
      return;
    case 'object':
      if (value !== null && !Object.isFrozen(value)) seal(value, path);
      return;
    default:
      throw new TypeError(`${path} is not plain JSON`);
  }
}
