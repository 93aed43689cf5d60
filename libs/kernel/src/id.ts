import { hash, randomBytes } from 'node:crypto';
import type { Instant } from './time.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Time-ordered UUID (RFC 9562 version 7) for a command that brought no idempotency key of its own. */
export function newCommandId(now: Instant): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  return stamped(bytes, 7);
}

/** UUID (RFC 9562 version 8) of a name: the same parts give the same id, on any machine. */
export function derivedId(...parts: readonly string[]): string {
  let name = '';
  for (const part of parts) name += `${Buffer.byteLength(part)}:${part}`;
  return stamped(hash('sha256', name, 'buffer').subarray(0, 16), 8);
}

/** Id of the n-th event of a command (n from 0): the command's id with n added to its last 32 bits. */
export function eventId(commandId: string, index: number): string {
  if (index === 0) return commandId;
  const tail = (Number.parseInt(commandId.slice(28), 16) + index) >>> 0;
  return commandId.slice(0, 28) + tail.toString(16).padStart(8, '0');
}

/**
 * Id of a new object: a ULID whose time is `now` and whose tail follows from the command's id, so that the same command
 * at the same moment always names the same object, and ids sort by time.
 */
export function objectId(now: Instant, commandId: string): string {
  let time = '';
  for (let rest = now, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = CROCKFORD[rest % 32]! + time;
  // 80 bits of the digest, five at a time.
  const digest = hash('sha256', commandId, 'buffer');
  let tail = '';
  for (let byte = 0, bits = 0, held = 0; byte < 10; byte++) {
    bits = (bits << 8) | digest[byte]!;
    for (held += 8; held >= 5; held -= 5) tail += CROCKFORD[(bits >> (held - 5)) & 31]!;
    bits &= (1 << held) - 1;
  }
  return time + tail;
}

function stamped(bytes: Buffer, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
