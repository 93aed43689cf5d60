/** What may be uploaded, and by which first bytes it is known: a name or a header proves nothing. */
const SIGNATURES: Readonly<Record<string, (head: Buffer) => boolean>> = {
  'application/pdf': (head) => head.subarray(0, 5).equals(Buffer.from('%PDF-')),
  'image/jpeg': (head) => head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  'image/png': (head) => head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  'image/webp': (head) => ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP',
  'video/mp4': (head) => ascii(head, 4, 8) === 'ftyp',
  'audio/mpeg': (head) => ascii(head, 0, 3) === 'ID3' || (head[0] === 0xff && (head[1]! & 0xe0) === 0xe0),
};

export const MEDIA_TYPES = Object.keys(SIGNATURES);
export type MediaType = string;

/** How many bytes tell the type. */
export const HEAD_BYTES = 16;

/** The declared type where the first bytes are of it; undefined where they are not, or the type is not taken. */
export function mediaTypeOf(declared: string, head: Buffer): MediaType | undefined {
  const type = declared.split(';')[0]!.trim().toLowerCase();
  return Object.hasOwn(SIGNATURES, type) && SIGNATURES[type]!(head) ? type : undefined;
}

function ascii(head: Buffer, from: number, to: number): string {
  return head.subarray(from, to).toString('latin1');
}
