import { describe, expect, it } from '@jest/globals';
import { mainlandCalendar } from '#calendar';
import { amendedReading, configure, deadline, evolveClock, parseRules, regulations, ruleBook } from '#law';

const calendar = mainlandCalendar();
const configured = (yaml: string) => configure(ruleBook, yaml, 'rules.yaml', regulations);
const due = (rule: string, yaml: string) =>
  deadline(rule, { from: '2026-05-06', calendar, rules: configured(yaml) }).due;
const VERSION = `{ regulation: none, article: '-', from: null, to: null, period: { workingDays: 3 }, source: the office's decision }`;

describe('a rule without a source', () => {
  it('computes once a configuration sets it', () => {
    expect(due('L-36', `rules: [{ id: L-36, versions: [${VERSION}] }]`)).toBe('2026-05-09');
    expect(due('publicity.rule', `rules: [{ id: L-36, versions: [${VERSION}] }]`)).toBe('2026-05-09');
  });
  it('may come whole, beside those of the table', () => {
    const rule = `{ id: L-32.zhejiang, name: zhejiang-hotline, title: { en: Hotline, zh: 热线 }, region: '330000', limit: stated,
      selectedBy: received, starts: the unit receives it, completes: the unit replies, versions: [${VERSION}] }`;
    expect(due('L-32.zhejiang', `rules: [${rule}]`)).toBe('2026-05-09');
  });
  it('leaves the book that ships as it is', () => {
    configured(`rules: [{ id: L-36, versions: [${VERSION}] }]`);
    expect(() => ruleBook.select('L-36', { on: '2026-05-06' })).toThrow(
      expect.objectContaining({ code: 'RULE_NOT_CONFIGURED' }),
    );
  });
});

it('another number is another version, and the name of the one before finds nothing', () => {
  const nameOf = (yaml: string) => {
    const rules = configured(`rules: [{ id: L-36, versions: [${yaml}] }]`);
    return deadline('L-36', { from: '2026-05-06', calendar, rules }).ruleVersion;
  };
  const [three, five] = [nameOf(VERSION), nameOf(VERSION.replace('3', '5'))];
  expect(three).toMatch(/^L-36\/none~[0-9a-f]{8}:-$/);
  expect(nameOf(VERSION)).toBe(three);
  expect(five).not.toBe(three);
  const rules = configured(`rules: [{ id: L-36, versions: [${VERSION.replace('3', '5')}] }]`);
  expect(rules.version(three)).toBeUndefined();
  // A clock that was opened by the former number keeps its date.
  const clock = evolveClock(
    undefined,
    {
      change: 'opened',
      from: '2026-05-06',
      reading: { clock: 'publicity', rule: three, calendar: 'CN-2026.1', due: '2026-05-09' },
    },
    { occurredAt: 0, recordedAt: 0, actor: { id: '', role: '' } },
  );
  expect(amendedReading(clock!, { calendar: mainlandCalendar(), rules })).toBeUndefined();
});

describe('a configuration is refused', () => {
  it.each([
    ['what the law states', `rules: [{ id: L-01, versions: [${VERSION}] }]`, 'set by law: L-01'],
    ['what has no period', `rules: [{ id: L-35, versions: [${VERSION}] }]`, 'set by law: L-35'],
    ['no YAML', 'rules: [', 'no YAML'],
    ['no mapping', '[]', 'not a mapping'],
    ['no version', 'rules: [{ id: L-36, versions: [] }]', 'not what a stated limit has'],
    ['an unknown field', `rules: [{ id: L-36, version: [${VERSION}] }]`, 'version is not known here'],
    [
      'two units',
      `rules: [{ id: L-36, versions: [${VERSION.replace('workingDays: 3', 'workingDays: 3, days: 3')}] }]`,
      'not one unit',
    ],
    [
      'a unit unknown',
      `rules: [{ id: L-36, versions: [${VERSION.replace('workingDays', 'weeks')}] }]`,
      'weeks is not known',
    ],
    [
      'no day',
      `rules: [{ id: L-36, versions: [${VERSION.replace('from: null', 'from: 2026-02-30')}] }]`,
      'no local date',
    ],
    [
      'a law unknown',
      `rules: [{ id: L-36, versions: [${VERSION.replace('none', 'SAMR-999')}] }]`,
      'not among the regulations',
    ],
    ['two versions at once', `rules: [{ id: L-36, versions: [${VERSION}, ${VERSION}] }]`, 'not one after the other'],
    [
      'hours that roll',
      `rules: [{ id: L-36, versions: [${VERSION.replace('workingDays: 3 }', 'hours: 3 }, roll: B')}] }]`,
      'not one that can be',
    ],
  ])('that sets %s', (_, yaml, words) => {
    expect(() => configured(yaml)).toThrow(
      expect.objectContaining({ code: 'RULE_INVALID', message: expect.stringContaining(words) }),
    );
  });
});

it('a rule that is only remembered has no number in the data', () => {
  const yaml = 'rules: [{ id: X, name: x, title: { en: x, zh: x }, limit: unknown, source: memory, because: x }]';
  expect(() => parseRules(yaml, 'x.yaml', regulations)).toThrow(expect.objectContaining({ code: 'RULE_INVALID' }));
});
