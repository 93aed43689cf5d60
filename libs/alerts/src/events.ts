import type { Role } from '#access';
import type { EventOf, EventSchemas, LocalDate, RecordedOf } from '#kernel';

export * from './words.ts';

/** Events of one key, day and view. Stream `refusedRead-{key}:{day}:{view}`. */
export interface RefusedReadEvents {
  /**
   * Somebody asked for what may tell of a reporter (举报人, S1 Art. 37) with a key that may not see it. Written with the first refusal of
   * a day and with the tenth, hundredth …, so that nobody floods the log; it says who asked, and nothing of what was asked for.
   */
  ProtectedReadRefused: {
    readonly keyId: string;
    readonly role: Role;
    /** Legal day. */
    readonly day: LocalDate;
    /** Read model: `reports`. */
    readonly view: string;
    /** `ROLE_NOT_ALLOWED`, `OUT_OF_REGION`, `OUT_OF_SUBJECT`; `NOT_FOUND` of what is not there for the key. */
    readonly code: string;
    /** Refusals of the day until then; at least so many, as those since the last one written are lost with a restart. */
    readonly count: number;
  };
}

export type RefusedReadEvent = EventOf<RefusedReadEvents>;
export type RecordedRefusedReadEvent = RecordedOf<RefusedReadEvents>;

export const refusedReadSchemas: EventSchemas & Record<keyof RefusedReadEvents, { schemaVersion: number }> = {
  ProtectedReadRefused: { schemaVersion: 1 },
};
