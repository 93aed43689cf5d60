/** UUIDs are kept as their 16 bytes: half the index, and time-ordered ids sort as they were made. */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

export function uuidBytes(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A UUID as bytes, any other text as it is, null as null; {@link shortText} undoes it. */
export function shortForm(text: string | null): Uint8Array | string | null {
  return text !== null && UUID.test(text) && text === text.toLowerCase() ? uuidBytes(text) : text;
}

export function shortText(stored: Uint8Array | string | null): string | null {
  return stored === null || typeof stored === 'string' ? stored : uuidText(stored);
}
