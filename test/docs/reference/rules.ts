import { provisionsOn, regulations, ruleBook, type ExtensionRule, type Rule, type RuleVersion, type Span } from '#law';
import { blocks, code, sentence, table } from './markdown.ts';

/** Every clock of the law with its versions, as the data have them. */
export function rulesPage(): string {
  const [stated, others] = [true, false].map((is) => ruleBook.rules.filter(({ limit }) => (limit === 'stated') === is));
  return blocks(
    '# Rules',
    `Every legal period is data (\`libs/law/src/rules/*.yaml\`): one clock, in one version for each text of the law, chosen by the day
on which the clock starts. \`fangxin deadline\` takes the id of a rule, its name, or the id of one of its versions; see
[Compute deadlines](../how-to/compute-deadlines.md). A row of the table of deadlines that has several clocks has an id for each.`,
    `The start never counts. A deadline is the last day that is in time, up to 24:00 in Asia/Shanghai; of a clock of hours it is a
moment. Roll says what happens when the last day is a rest day: A rolls off the statutory days only, B off the whole announced
holiday, C off any rest day; working days never roll. Nothing but the reasons named stops a clock. An extension counts from the
day before it rolled, and must be granted on or before the deadline as it then stands. “Open” in the days of a version is what
the sources do not bound.`,
    '## Clocks',
    ...stated!.map(ruleSection),
    '## Rows without a period',
    'Unknown ones are refused with `RULE_NOT_CONFIGURED` until a configuration sets them; the others have no period at all.',
    table(
      ['rule', 'name', 'what it is', 'limit', 'why'],
      others!.map(({ id, name, title, limit, because }) => [
        code(id),
        code(name),
        `${title.en} (${title.zh})`,
        limit === 'unknown' ? 'unknown, source: none' : limit,
        sentence(because ?? ''),
      ]),
    ),
    '## Provisions by date',
    'What changes with the law beside periods.',
    provisionsTable(),
    '## Texts of law',
    table(
      ['name', 'text', 'version read', 'source', 'in force'],
      [...regulations.values()].map(({ id, title, version, tag, ...span }) => [
        code(id),
        title,
        version ?? '',
        tag ?? '',
        daysOf(span),
      ]),
    ),
  );
}

function ruleSection({ id, name, title, region, starts, completes, selectedBy, versions }: Rule): string {
  return blocks(
    `### ${id} ${name}`,
    sentence(`${title.en} (${title.zh})${region === null ? '' : `; only in division ${region}`}`),
    `Starts when ${starts}. Completed when ${completes}. The version is that of the day on which it was ${selectedBy}.`,
    table(
      ['version', 'law', 'days', 'period', 'stopped by', 'extension', 'roll', 'source'],
      versions.map((version) => [
        code(version.id),
        lawOf(version),
        [
          daysOf(version),
          ...Object.entries(version.readings).map(([reading, span]) => `${reading}: ${daysOf(span)}`),
        ].join('; '),
        periodOf(version),
        version.suspendedBy.join(', '),
        version.extensions.map(extensionOf).join('; '),
        version.roll,
        version.source,
      ]),
    ),
    ...versions.flatMap((version) => (version.notes === null ? [] : [`${lawOf(version)}: ${sentence(version.notes)}`])),
  );
}

function lawOf({ regulation, article, item }: RuleVersion): string {
  return article === '-' ? code(regulation) : `${code(regulation)} Art. ${article}${item ?? ''}`;
}

const UNITS = { hours: 'h', workingDays: 'working days', days: 'days', months: 'months', years: 'years' } as const;

function periodOf({ period }: Pick<RuleVersion, 'period'>): string {
  return `${period.count} ${UNITS[period.unit]}`;
}

function extensionOf({ by, grantedBy, times }: ExtensionRule): string {
  const amount = by === null ? 'as long as granted' : `up to ${periodOf({ period: by })}`;
  return `${amount} by ${grantedBy}, ${times === null ? 'any number of times' : times === 1 ? 'once' : `${times} times`}`;
}

function daysOf({ from, to }: Span): string {
  if (from === null && to === null) return 'open';
  return `${from ?? 'open'} to ${to ?? 'open'}`;
}

/** A row for each day on which something changes. */
function provisionsTable(): string {
  const said = (one: { readonly source: string } | null) => (one === null ? 'no' : `yes (${one.source})`);
  return table(
    [
      'from',
      'grounds on which a complaint is not accepted',
      'a refusal gives reasons and routes',
      'reporter is told',
      'new facts restart',
    ],
    ['2020-01-01', '2024-07-01', '2026-04-15'].map((day) => {
      const on = provisionsOn(day);
      const grounds = Object.entries(on.refusalGrounds?.grounds ?? {}).map(([item, ground]) => `${item} ${ground}`);
      return [
        day,
        `${on.refusalGrounds?.source ?? 'none'}: ${grounds.join('; ')}`,
        said(on.refusalGivesReasonsAndRoutes),
        said(on.reporterIsTold),
        said(on.newFactsRestartVerification),
      ];
    }),
  );
}
