import fc from 'fast-check';
import type { Instant } from '#kernel';
import { formatInstant, startOfDay } from '#kernel';
import type { Told } from './memory-log.ts';

/** Everything of a random history happens in this span, and is recorded on its last day. */
export const FIRST_DAY = '2024-01-01';
export const NOW: Instant = startOfDay('2024-07-01');
export const SUBJECTS = ['91330100799655058B', '91110000802100433B'];
export const REGIONS = ['370302', '370303', '370300', '330602'];
const SECTORS = ['零售', '餐饮', null];
const DAYS = 170;
const HALF_DAY_MS = 12 * 3_600_000;

type Script = readonly Told[];

const moment = fc.integer({ min: 0, max: DAYS * 2 }).map((half) => startOfDay(FIRST_DAY) + half * HALF_DAY_MS);

function interleaved(scripts: readonly Script[], choices: readonly number[]): Told[] {
  const waiting = scripts.map((script) => [...script]).filter((script) => script.length > 0);
  const told: Told[] = [];
  for (let turn = 0; waiting.length > 0; turn++) {
    const at = choices[turn % choices.length]! % waiting.length;
    told.push({ ...waiting[at]!.shift()!, recordedAt: NOW - 1_000_000 + told.length });
    if (waiting[at]!.length === 0) waiting.splice(at, 1);
  }
  return told;
}

const respondents = fc.record({
  respondentUscc: fc.constantFrom(...SUBJECTS, null),
  respondentRegion: fc.constantFrom(...REGIONS),
  sector: fc.constantFrom(...SECTORS),
});

type Respondent = typeof respondents extends fc.Arbitrary<infer Value> ? Value : never;
type Scripted = (id: string) => Script;
type Procedure = (id: string, stream: string, respondent: Respondent) => Script;

function disputeScript(): fc.Arbitrary<Scripted> {
  return fc
    .tuple(
      moment,
      respondents,
      fc.option(respondents),
      fc.array(fc.oneof(negotiation(), complaint()), { maxLength: 3 }),
      fc.boolean(),
    )
    .map(([at, first, second, procedures, overlapping]) => (id) => {
      const opened: Told = {
        type: 'DisputeOpened',
        stream: `dispute-${id}`,
        occurredAt: at,
        correlationId: id,
        data: { ...first, channel: '12315' },
      };
      const scripts = procedures.map((script, index) => script(id, `${index}-${id}`, first));
      const told = overlapping ? zipped(scripts) : scripts.flat();
      if (second === null) return [opened, ...told];
      const identified: Told = {
        ...opened,
        type: 'DisputeRespondentIdentified',
        data: { ...second, respondentUscc: second.respondentUscc ?? SUBJECTS[0], previousUscc: null, reason: 'x' },
      };
      return [opened, ...told.slice(0, 2), identified, ...told.slice(2)];
    });
}

/** One event of each in turn, so that procedures are open side by side. */
function zipped(scripts: readonly Script[]): Script {
  const longest = Math.max(0, ...scripts.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) =>
    scripts.flatMap((script) => script.slice(index, index + 1)),
  ).flat();
}

function negotiation(): fc.Arbitrary<Procedure> {
  const ran = ['expired', 'expired', 'expired-claimed', 'expired-escalated'] as const;
  const entered = ['expired-confirmed', 'expired-confirmed', 'expired-failed', 'expired-escalated-before'] as const;
  const end = fc.constantFrom(
    ...([
      'confirmed',
      'silent',
      'disputed',
      'disputed-settled',
      'disputed-escalated',
      'failed',
      'failed-escalated',
      'escalated',
      'claimed',
      'open',
    ] as const),
    ...ran,
    ...entered,
  );
  return fc.tuple(end, moment, moment, moment).map(([how, opened, one, other]) => (id, name, respondent) => {
    // What was entered when the time was over had occurred before; an escalation after it comes later.
    const [ended, ranOut] = how.startsWith('expired') ? [Math.min(one, other), Math.max(one, other)] : [one, one];
    const runOut = (): Told => tell('NegotiationExpired', ranOut, { clock: 'negotiation' });
    const stream = `negotiation-${name}`;
    const tell = (type: string, occurredAt: Instant, data: object = {}): Told => ({
      type,
      stream,
      occurredAt,
      correlationId: id,
      data,
    });
    const begin = tell('NegotiationOpened', opened, { disputeId: id, ...respondent });
    const disputedAt = Math.max(one, other);
    const confirmed = () => [begin, tell('SettlementConfirmed', Math.min(one, other), { basis: 'silence' })];
    const disputed = () => tell('SettlementDisputed', disputedAt, { of: 'settlement', by: 'consumer' });
    switch (how) {
      case 'confirmed':
        return [begin, tell('SettlementConfirmed', ended, { basis: 'consumer' })];
      case 'silent':
        return [begin, tell('SettlementConfirmed', ended, { basis: 'silence' })];
      case 'disputed':
        return [...confirmed(), disputed()];
      case 'disputed-settled':
        return [...confirmed(), disputed(), tell('SettlementConfirmed', disputedAt, { basis: 'consumer' })];
      case 'disputed-escalated':
        return [...confirmed(), disputed(), tell('NegotiationEscalated', disputedAt, { from: 'disputed' })];
      case 'failed':
        return [begin, tell('NegotiationFailed', ended)];
      case 'failed-escalated':
        return [begin, tell('NegotiationFailed', ended), tell('NegotiationEscalated', ended, { from: 'failed' })];
      case 'escalated':
        return [begin, tell('NegotiationEscalated', ended, { from: 'open' })];
      case 'expired':
        return [begin, runOut()];
      case 'expired-claimed':
        return [begin, runOut(), tell('SettlementClaimed', ended)];
      case 'expired-escalated':
        return [begin, runOut(), tell('NegotiationEscalated', ranOut + HALF_DAY_MS, { from: 'expired' })];
      case 'expired-confirmed':
        return [begin, runOut(), tell('SettlementConfirmed', ended, { basis: 'consumer' })];
      case 'expired-failed':
        return [
          begin,
          runOut(),
          tell('NegotiationFailed', ended),
          tell('NegotiationEscalated', ended, { from: 'failed' }),
        ];
      case 'expired-escalated-before':
        return [begin, runOut(), tell('NegotiationEscalated', ended, { from: 'open' })];
      case 'claimed':
        return [begin, tell('SettlementAgreed', ended), tell('SettlementClaimed', ended)];
      default:
        return [begin];
    }
  });
}

const CONCLUSIONS: readonly (readonly [result: string, ground: string | null, disqualification: string | null])[] = [
  ['mediated', null, null],
  ['withdrawn', null, null],
  ...[1, 2, 3, 4, 5, 7, 8].map((item) => ['terminated', `23(1)(${item})`, null] as const),
  ...['16(1)', '16(2)', '16(3)', '16(4)', '16(5)', '16(6)', '16(7)', '42'].map(
    (item) => ['terminated', '23(1)(6)', item] as const,
  ),
];

function complaint(): fc.Arbitrary<Procedure> {
  const end = fc.oneof(
    fc.constant('open' as const),
    fc.constant('not-accepted' as const),
    fc.constantFrom(...CONCLUSIONS),
    fc.constantFrom(...CONCLUSIONS),
  );
  return fc.tuple(end, moment, moment, fc.boolean()).map(([how, received, ended, proof]) => (id, name, respondent) => {
    const stream = `complaint-${name}`;
    const tell = (type: string, occurredAt: Instant, data: object = {}): Told => ({
      type,
      stream,
      occurredAt,
      correlationId: id,
      data,
    });
    const begin = tell('ComplaintReceived', received, { disputeId: id, channel: '12315', ...respondent });
    if (how === 'open') return [begin, tell('ComplaintAccepted', received)];
    if (how === 'not-accepted') return [begin, tell('ComplaintNotAccepted', ended, { ground: '16(1)' })];
    const [result, ground, disqualification] = how;
    const evidence = proof ? ['proof'] : [];
    return [
      begin,
      tell('ComplaintAccepted', received),
      tell('ComplaintConcluded', ended, { result, ground, disqualification, evidence }),
    ];
  });
}

function workOrderScript(): fc.Arbitrary<Scripted> {
  const due = fc.option(fc.integer({ min: 0, max: DAYS + 60 }), { freq: 4 });
  return fc
    .record({
      at: moment,
      subject: fc.constantFrom(...SUBJECTS, null),
      region: fc.constantFrom('370302', '370303'),
      expected: fc.constantFrom('370302', '370300', '370000'),
      next: fc.constantFrom('370302', '330602'),
      dispatcher: fc.constantFrom('370300', '330602', null),
      due,
      imported: fc.boolean(),
      steps: fc.integer({ min: 0, max: 4 }),
      classification: fc.constantFrom('complaint', 'consultation', null),
    })
    .map((choice) => (id) => {
      const stream = `workOrder-12345-${id}`;
      const dueAt = choice.due === null ? null : formatInstant(startOfDay(FIRST_DAY) + choice.due * 2 * HALF_DAY_MS);
      const tell = (type: string, data: object): Told => ({
        type,
        stream,
        occurredAt: choice.at,
        region: choice.dispatcher,
        data,
      });
      const received = tell('WorkOrderReceived', {
        channel: '12345',
        sector: null,
        handlingRegion: choice.expected,
        respondentUscc: choice.subject,
        dueAt,
        imported: choice.imported ? { batch: 'B1', flags: ['CLOSED_BEFORE_RECEIVED'] } : null,
      });
      const classified = tell('WorkOrderClassified', { classification: choice.classification });
      const later = [
        tell('WorkOrderDispatched', { authority: null, handlingRegion: choice.region, dueAt: null }),
        tell('WorkOrderReturned', { reasonCode: 'unclear', note: null, handlingRegion: choice.region }),
        tell('WorkOrderDispatched', { authority: null, handlingRegion: choice.next, dueAt }),
        tell('WorkOrderReplied', { outcome: 'answered' }),
      ].slice(0, choice.steps);
      return choice.classification === null ? [received, ...later] : [received, classified, ...later];
    });
}

/** With a merger somewhere after its opening, into one that came before it, and perhaps the end of that. */
function merged(script: Script, index: number, choice: number): Script {
  const opened = script[0]!;
  if (index === 0 || choice % 3 !== 0) return script;
  const told = (type: string): Told => ({ ...opened, type, data: { primary: `D${choice % index}`, order: 'opened' } });
  const [at, until] = [1 + (choice % script.length), 1 + ((choice >> 4) % script.length)];
  if (until <= at) return [...script.slice(0, at), told('DisputeMergedInto'), ...script.slice(at)];
  const between = script.slice(at, until);
  return [
    ...script.slice(0, at),
    told('DisputeMergedInto'),
    ...between,
    told('DisputeUnmerged'),
    ...script.slice(until),
  ];
}

/** Random work orders and disputes with several procedures each, their events interleaved but each object's in order. */
export const histories: fc.Arbitrary<Told[]> = fc
  .tuple(
    fc.array(disputeScript(), { maxLength: 6 }),
    fc.array(workOrderScript(), { maxLength: 6 }),
    fc.array(fc.nat(), { minLength: 200, maxLength: 200 }),
  )
  .map(([disputes, workOrders, choices]) =>
    interleaved(
      [
        ...disputes.map((script, index) => merged(script(`D${index}`), index, choices[index]!)),
        ...workOrders.map((script, index) => script(`W${index}`)),
      ],
      choices,
    ),
  );
