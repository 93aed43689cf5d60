import { Command } from '#service';
import type { ReminderLevel } from './events.ts';

/** Given by a process when the moment has come. */
export class IssueReminder extends Command {
  /** Stream of the object. */
  object!: string;
  clock!: string;
  level!: ReminderLevel;
  /** The date reminded of, by which it is known whether it still holds. */
  date!: string;
  holder!: string | null;
  region!: string | null;
  respondentUscc!: string | null;
  disputeId!: string | null;
}

/** Given by a process when it has read all open clocks by a new version of the calendar. */
export class RecordRecomputation extends Command {
  calendar!: string;
  rules!: string;
  open!: number;
  amended!: number;
}
