import { hash } from 'node:crypto';
import { Failure, type LocalDate } from '#kernel';
import { regions } from '#regions';
import { ruleVersionName, type Rule, type RuleVersion, type Span } from './rule.ts';

/** How a version is chosen. */
export interface Selection {
  /** The day on which the clock starts, or the one whose law is asked for instead. */
  readonly on: LocalDate;
  /** A named alternative, `platform-parity`; the law itself unless said. */
  readonly reading?: string | undefined;
}

/** A rule in the version that holds. */
export interface SelectedRule {
  readonly rule: Rule;
  readonly version: RuleVersion;
}

/** Every rule, by id and by name. */
export class RuleBook {
  readonly #rules: ReadonlyMap<string, Rule>;
  /** Ids of versions that have one of their own, L-02a. */
  readonly #versions: ReadonlyMap<string, SelectedRule>;

  readonly #byVersionName: ReadonlyMap<string, SelectedRule>;

  /** Throws `RULE_INVALID` when an id, a name or a version occurs twice, or two rules govern one clock in one division. */
  constructor(readonly rules: readonly Rule[]) {
    const byName = new Map<string, Rule>();
    const versions = new Map<string, SelectedRule>();
    const take = (name: string) => {
      if (byName.has(name) || versions.has(name)) throw new Failure('RULE_INVALID', `"${name}" names two rules`);
    };
    for (const rule of rules) {
      for (const name of [rule.id, rule.name]) {
        take(name);
        byName.set(name, rule);
      }
      for (const version of rule.versions.filter(({ id }) => id !== rule.id)) {
        take(version.id);
        versions.set(version.id, { rule, version });
      }
    }
    const contested = contestedClock(rules);
    if (contested !== undefined) throw new Failure('RULE_INVALID', `two rules govern ${contested}`);
    this.#rules = byName;
    this.#versions = versions;
    const all = rules.flatMap((rule) => rule.versions.map((version): SelectedRule => ({ rule, version })));
    this.#byVersionName = new Map(all.map((selected) => [ruleVersionName(selected.version), selected]));
    if (this.#byVersionName.size !== all.length) throw new Failure('RULE_INVALID', 'two versions have one name');
  }

  /** A rule by id (`L-01`), name (`complaint-acceptance`) or the id of one of its versions (`L-02c`). */
  find(name: string): Rule | undefined {
    return this.#rules.get(name) ?? this.#versions.get(name)?.rule;
  }

  /**
   * The version that holds on a day. The id of a version (`L-02a`) takes just that version, on the days on which the law or
   * any reading has it. Throws `UNKNOWN_RULE`, `RULE_HAS_SEVERAL_CLOCKS`, `RULE_NOT_CONFIGURED`, `RULE_HAS_NO_PERIOD`,
   * `UNKNOWN_READING`, `RULE_NOT_IN_FORCE`.
   */
  select(name: string, { on, reading }: Selection): SelectedRule {
    const named = this.#versions.get(name);
    const rule = named?.rule ?? this.#rules.get(name);
    if (rule === undefined) throw this.#unknown(name);
    if (rule.limit === 'unknown') {
      throw new Failure('RULE_NOT_CONFIGURED', `${rule.id} has no source and is not configured: ${rule.because}`);
    }
    if (rule.limit === 'none') throw new Failure('RULE_HAS_NO_PERIOD', `${rule.id} has no period: ${rule.because}`);
    if (reading !== undefined && !readingsOf(rule).includes(reading)) {
      throw new Failure('UNKNOWN_READING', `${rule.id} has no reading "${reading}"${listed(readingsOf(rule))}`);
    }
    const version = named === undefined ? holding(rule, on, reading) : holdsAtAll(named.version, on);
    if (version === undefined) {
      throw new Failure('RULE_NOT_IN_FORCE', `${name} is not in force on ${on}; it holds ${spans(named, rule)}`);
    }
    return { rule, version };
  }

  /**
   * The rule that governs a clock in a division: that of the smallest division around it, or the one for everywhere.
   * Undefined where there is none.
   */
  governing(clock: string, region: string | null): Rule | undefined {
    const governs = this.rules.filter((rule) => rule.clock === clock);
    const around = region === null ? [] : regions.ancestorsOf(region);
    for (const code of around) {
      const own = governs.find((rule) => rule.region === code);
      if (own !== undefined) return own;
    }
    return governs.find((rule) => rule.region === null);
  }

  /** The same book with rules that a configuration sets in place of those of the same id. */
  configured(rules: readonly Rule[]): RuleBook {
    const set = new Map(rules.map((rule) => [rule.id, rule]));
    return new RuleBook([...this.rules.filter(({ id }) => !set.has(id)), ...rules]);
  }

  /** By what a configuration sets: two books of one release with the same mark compute the same. */
  get mark(): string {
    const set = [...this.#byVersionName].filter(([, { version }]) => version.configuration !== null);
    const spans = set.map(([name, { version }]) => `${name} ${version.from ?? ''} ${version.to ?? ''}`).sort();
    return spans.length === 0 ? '' : hash('sha256', spans.join('\n'), 'hex').slice(0, 12);
  }

  /** The rule in the version that an event names (see `ruleVersionName`), so that an old deadline stays what it was (T-33). */
  version(name: string): SelectedRule | undefined {
    return this.#byVersionName.get(name);
  }

  #unknown(name: string): Failure {
    const clocks = this.rules.filter(({ id }) => id.startsWith(`${name}.`)).map(({ id }) => id);
    return clocks.length === 0
      ? new Failure('UNKNOWN_RULE', `there is no rule "${name}"`)
      : new Failure('RULE_HAS_SEVERAL_CLOCKS', `${name} has several clocks: ${clocks.join(', ')}`);
  }
}

/** Names of the readings of a rule, beside that of the law. */
export function readingsOf(rule: Rule): string[] {
  return [...new Set(rule.versions.flatMap(({ readings }) => Object.keys(readings)))].sort();
}

/** A clock and a division with two rules, of which only one would ever be found. */
function contestedClock(rules: readonly Rule[]): string | undefined {
  const governed = rules
    .filter(({ clock }) => clock !== null)
    .map(({ clock, region }) => `${clock} ${region === null ? 'everywhere' : `in ${region}`}`);
  return governed.find((one, index) => governed.indexOf(one) !== index);
}

function holding(rule: Rule, on: LocalDate, reading: string | undefined): RuleVersion | undefined {
  const read = rule.versions.find(({ readings }) => reading !== undefined && isWithin(on, readings[reading]));
  return read ?? rule.versions.find((version) => isWithin(on, version));
}

function holdsAtAll(version: RuleVersion, on: LocalDate): RuleVersion | undefined {
  return [version, ...Object.values(version.readings)].some((span) => isWithin(on, span)) ? version : undefined;
}

function isWithin(day: LocalDate, span: Span | undefined): boolean {
  return span !== undefined && (span.from === null || span.from <= day) && (span.to === null || day <= span.to);
}

function spans(named: SelectedRule | undefined, rule: Rule): string {
  const all = named === undefined ? rule.versions : [named.version, ...Object.values(named.version.readings)];
  return all.map(({ from, to }) => `from ${from ?? 'the beginning'} to ${to ?? 'now'}`).join(', ');
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? '' : `; it has ${names.join(', ')}`;
}
