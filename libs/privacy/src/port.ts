/** What the vault keeps of a person (自然人), sealed under that person's own key. */
export interface PersonalData {
  readonly name?: string;
  readonly phone?: string;
  readonly address?: string;
  /** Free text by field name: it may name anybody. */
  readonly text?: Readonly<Record<string, string>>;
}

/** What is left of a person whose key was destroyed. Never confused with "nothing was known". */
export const FORGOTTEN = Symbol('forgotten');
export type Forgotten = typeof FORGOTTEN;

export interface PersonVault {
  /** Seals and stores; settles when it is on disk. The same person id again changes nothing. Rejects with `VAULT_UNAVAILABLE`. */
  keep(people: ReadonlyMap<string, PersonalData>): Promise<void>;
  /** Missing ids are absent from the answer. */
  read(personIds: readonly string[]): Promise<ReadonlyMap<string, PersonalData | Forgotten>>;
  /** Destroys the person's key: what was sealed can never be read again (PIPL Art. 47). */
  forget(personId: string): Promise<void>;
  /**
   * Keyed token of a normalised phone number or name (T-20): equal for equal people, useless without the key. Undefined
   * where the value has nothing to match by ("无"): such people must not be taken for one and the same.
   */
  token(kind: 'phone' | 'name', value: string): string | undefined;
  /**
   * Keyed tokens of a text, by which it is found like another ({@link likenessOf}); undefined where it is too short to be told
   * from others.
   */
  likenessTokens(text: string): string | undefined;
  /** Keyed digest of a payload, by which it is recognised again without being kept. */
  digest(payload: string): string;
  close(): Promise<void>;
}
