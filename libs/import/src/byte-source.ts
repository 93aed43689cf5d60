import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Failure } from '#kernel';

/** Told of every piece read from the disk, in bytes of the file as it lies there. */
export type OnBytes = (count: number) => void;

/**
 * Text of a file, piece by piece: unpacked where it is gzip (told by its first bytes), without its byte order mark.
 * Bytes that the encoding does not have become U+FFFD. Throws `SOURCE_BROKEN` where a gzip file ends early or is damaged.
 */
export async function* textOf(path: string, encoding: string, onBytes: OnBytes): AsyncGenerator<string> {
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const counted = new PassThrough({ highWaterMark: 1 << 18 });
  counted.on('data', (chunk: Buffer) => onBytes(chunk.length));
  counted.pause();
  const isPacked = await startsWith(path, [0x1f, 0x8b]);
  // A break anywhere destroys the last stream with the error, and the loop below throws it.
  const bytes: Readable = isPacked
    ? pipeline(file, counted, createGunzip(), () => {})
    : pipeline(file, counted, () => {});
  const decoder = new TextDecoder(encoding);
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) yield decoder.decode(chunk, { stream: true });
  } catch (error) {
    throw new Failure('SOURCE_BROKEN', `the file cannot be read to its end: ${(error as Error).message}`, false, {
      cause: error,
    });
  } finally {
    file.destroy();
  }
  yield decoder.decode();
}

async function startsWith(path: string, magic: readonly number[]): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0);
    return bytesRead === magic.length && magic.every((byte, index) => buffer[index] === byte);
  } finally {
    await file.close();
  }
}
