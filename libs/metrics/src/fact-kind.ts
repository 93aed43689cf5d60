import type { EpochDay, RecordedEvent } from '#kernel';

/** What a fold may see of an event: the same whether it came through a follower or a scan of history. */
export type FactEvent = Pick<
  RecordedEvent,
  'position' | 'stream' | 'type' | 'occurredAt' | 'recordedAt' | 'region' | 'correlationId' | 'data'
>;

/** A field of a fact and how it is kept: `code` is one of a closed vocabulary, `text` any string or null. */
export type FactField =
  | { readonly as: 'code'; readonly values: readonly string[] }
  | { readonly as: 'text' }
  | { readonly as: 'day' }
  | { readonly as: 'instant' }
  | { readonly as: 'count' };

/** A fact at one moment: flat, so that each field is a column. Days are day numbers (Asia/Shanghai), instants epoch ms, null = none. */
export type FactState = Readonly<Record<string, string | number | null>>;

/** A fact while a fold makes it. */
export type Draft<State extends FactState> = { -readonly [Field in keyof State]: State[Field] };

/** One object kind: which events make its facts, what a fact holds, and what formulas may see of it. Pure. */
export interface FactKind<State extends FactState = FactState> {
  readonly name: string;
  /** Raised with every change of shape or meaning; kept facts of another version are built anew. */
  readonly version: number;
  readonly types: readonly string[];
  readonly fields: { readonly [Name in keyof State]: FactField };
  /**
   * The `code` fields a formula's conditions may name. Running figures are counted per combination of these, so that
   * every formula, variant and version over them is answered from the same counters.
   */
  readonly counted: readonly (keyof State & string)[];
  /** The `day` fields a formula may attribute by. */
  readonly attributions: readonly (keyof State & string)[];
  /**
   * By attribution day, the codes of `counted` that are counted by it, where those are not all: an event then moves the
   * counters of what it is about and no others.
   */
  readonly countedBy?: { readonly [Day in keyof State & string]?: readonly (keyof State & string)[] };
  /** Id of the object an event belongs to; null when it should have told, undefined when it is none of this kind's business. */
  keyOf(event: FactEvent): string | null | undefined;
  /** The fact after the event; the same value when nothing changed. Throws when the event cannot be understood. */
  evolve(state: State | undefined, event: FactEvent, key: string): State;
  /** Where several objects may turn out to be one, which is then counted through one of them. */
  readonly union?: {
    /** Object through which this one is counted; null where it stands for itself. */
    primaryOf(state: State): string | null;
    /** Objects that are counted through this one. */
    membersOf(state: State): readonly string[];
    withMembers(state: State | undefined, members: readonly string[]): State;
    /** The fact of a primary, counted by what became of itself and of the others. */
    united(own: State, others: readonly State[]): State;
  };
  /** The fact of an object one of whose events could not be taken in: counted nowhere, excluded as `PARKED` everywhere. */
  park(state: State | undefined, day: EpochDay): State;
}

/** Code of an object that is parked; every counted vocabulary that a formula attributes by must hold it. */
export const PARKED = 'PARKED';
