export {
  EmbeddedEventLog,
  type EmbeddedEventLogOptions,
  type EmbeddedEventReader,
  type EmbeddedReaderOptions,
  openEmbeddedEventLog,
  openEmbeddedReader,
} from './embedded-event-log.ts';
export { type DataFolderLock, lockDataFolder } from './folder-lock.ts';
export { type LogFinding, verifyLog } from './verify.ts';
