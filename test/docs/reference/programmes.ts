import { programmes, type Condition, type Measure, type Programme, type Target } from '#programmes';
import { blocks, code, table } from './markdown.ts';
import { defaultsTable, windowText } from './metrics.ts';

/** Every programme with its conditions and targets, as its policy says them. */
export function programmesPage(): string {
  return blocks(
    '# Programmes',
    `The policies that ship with Fangxin. The numbers are those of the programme's text. What the text leaves open is empty here and asks
a person. \`GET /v1/programmes/{programme}/verdicts/{subject}\` answers a condition by condition verdict for a unit (its social
credit code, 统一社会信用代码) or for the programme's region (its code); \`GET /v1/programmes/{programme}/targets\` answers the
target board.`,
    `A condition is \`MET\`, \`NOT_MET\` or \`INDETERMINATE\`. A condition that rests on evidence only a person can weigh is always
\`INDETERMINATE\`, and so is a rate without anything to count. A verdict awards nothing: a person decides.`,
    ...[...programmes.values()].map(programmeSection),
  );
}

function programmeSection(programme: Programme): string {
  const { id, title, region, issued, period, subjectTypes, conditions, targets, defaults } = programme;
  return blocks(
    `## ${id}`,
    `${title}.`,
    table(
      ['', ''],
      [
        ['region', `${region.name} (${region.code})`],
        ['issued', issued ?? 'not dated'],
        ['period', period === null ? 'none stated' : `${period.from} to ${period.to}`],
        ['kinds of subject', subjectTypes.join(', ')],
      ],
    ),
    '### Conditions of a unit',
    table(
      ['id', 'clause', 'condition', 'assessed by'],
      conditions.map((condition) => [code(condition.id), condition.clause, condition.means, assessment(condition)]),
    ),
    '### Targets of the region',
    table(
      ['id', 'clause', 'target', 'value', 'sector', 'due', 'assessed by'],
      targets.map((target) => [
        code(target.id),
        target.clause,
        target.means,
        `${target.value}${target.aspirational ? ' (力争, not binding)' : ''}`,
        target.sector ?? '',
        target.due ?? '',
        assessment(target),
      ]),
    ),
    '### Defaults',
    defaultsTable(defaults),
  );
}

function assessment(rule: Condition | Target): string {
  switch (rule.assess) {
    case 'metric':
      return measureText(rule.measure);
    case 'years-operating':
      return `${rule.years} full years in operation${rule.humanCheck === null ? '' : `; a person judges ${rule.humanCheck}`}`;
    case 'evidence':
      return 'a person, on evidence';
    case 'not-yet-measured':
      return 'not measured yet';
  }
}

function measureText({ metric, variant, value, window }: Measure): string {
  const name = variant === 'default' ? metric : `${metric} (${variant})`;
  return `${name} at least ${value}, ${windowText(window)}`;
}
