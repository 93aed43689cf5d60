import type { Projection } from '../port.ts';
import { CommitSignal } from '../signal.ts';
import { openForReading, openForWriting } from './database.ts';
import { EmbeddedReader } from './reader.ts';
import { EmbeddedReadModels } from './writer.ts';

export { EmbeddedReader } from './reader.ts';
export { EmbeddedReadModels } from './writer.ts';

export interface EmbeddedOptions {
  /** Holds `read-models.db`; created when missing. */
  readonly folder: string;
  readonly projections: readonly Projection[];
  /** Shared with the other side, so that it is woken by commits; see {@link CommitSignal}. */
  readonly signal?: SharedArrayBuffer;
  /** Told where an unreadable file was moved; the documents are then built anew from the log. */
  readonly onSetAside?: (path: string) => void;
}

/** The writer: one per folder, in the thread that runs the projections. */
export function openEmbeddedReadModels({
  folder,
  projections,
  signal,
  onSetAside,
}: EmbeddedOptions): EmbeddedReadModels {
  const { database, setAside } = openForWriting(folder);
  if (setAside !== null) onSetAside?.(setAside);
  return new EmbeddedReadModels(database, projections, signal ? new CommitSignal(signal) : CommitSignal.create());
}

/** A reader with a connection of its own, for the HTTP thread or another process. */
export function openEmbeddedReadModelReader({ folder, projections, signal }: EmbeddedOptions): EmbeddedReader {
  return new EmbeddedReader(openForReading(folder), projections, new CommitSignal(signal));
}
