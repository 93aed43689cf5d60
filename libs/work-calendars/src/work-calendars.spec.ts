import { describe, expect, it } from '@jest/globals';
import { mainlandCalendar, shippedNotices } from '#calendar';
import { documentsGiven, given, startOfDay, type GivenEvent, type Instant } from '#kernel';
import { validatorOf } from '#service';
import { PublishWorkCalendar } from './commands.ts';
import { publishWorkCalendar, type PublicationReads } from './decide.ts';
import type { RecordedWorkCalendarEvent, WorkCalendarEvents } from './events.ts';
import { workCalendars } from './views/work-calendars.ts';
import * as workCalendar from './work-calendar.ts';
import { workCalendarsTable } from './work-calendars.module.ts';

type Published = WorkCalendarEvents['WorkCalendarPublished'];

const NUMBER = '国办发明电〔2026〕9号';
const TITLE = '国务院办公厅关于2027年部分节假日安排的通知';
/** As the notice for 2027 might be. */
const first: PublishWorkCalendar = {
  year: 2027,
  number: NUMBER,
  title: TITLE,
  publishedOn: '2026-11-05',
  url: 'https://www.gov.cn/zhengce/zhengceku/202611/content_7000001.htm',
  daysOff: [
    '2026-12-31..2027-01-02 元旦',
    '2027-02-05..2027-02-11 春节',
    '2027-04-03..2027-04-05 清明节',
    '2027-05-01..2027-05-03 劳动节',
    '2027-06-09 端午节',
    '2027-09-15 中秋节',
    '2027-10-01..2027-10-07 国庆节',
  ],
  workdays: ['2027-02-20 春节', '2026-12-27 元旦'],
};
const span = (written: string) => {
  const [days, name] = written.split(' ') as [string, string];
  const [from, to = from] = days.split('..') as [string, string?];
  return { from, to, name };
};
const asPublished: Published = {
  year: 2027,
  years: [2026, 2027],
  number: NUMBER,
  title: TITLE,
  publishedOn: '2026-11-05',
  url: first.url!,
  daysOff: first.daysOff.map(span),
  workdays: [
    { day: '2026-12-27', name: '元旦' },
    { day: '2027-02-20', name: '春节' },
  ],
  festivals: null,
  shippedVersion: mainlandCalendar().version,
};
const amend: PublishWorkCalendar = {
  year: 2027,
  number: '国办发明电〔2027〕3号',
  title: '国务院办公厅关于调整2027年劳动节假期安排的通知',
  publishedOn: '2027-03-22',
  daysOff: ['2027-05-01..2027-05-05 劳动节'],
  workdays: ['2027-05-08 劳动节'],
};
const asAmended: Published = {
  ...asPublished,
  years: [2027],
  number: amend.number!,
  title: amend.title,
  publishedOn: amend.publishedOn,
  url: null,
  daysOff: amend.daysOff.map(span),
  workdays: [{ day: '2027-05-08', name: '劳动节' }],
};

const recordedEvent = (data: Published): GivenEvent<RecordedWorkCalendarEvent> => ({
  type: 'WorkCalendarPublished',
  data,
  stream: `workCalendar-${data.year}`,
  occurredAt: startOfDay(data.publishedOn),
});
const past = (...published: Published[]) => given(workCalendar, published.map(recordedEvent));
const NOW = startOfDay('2027-11-20') + 36_000_000;
const context = (now: Instant = NOW, reads: Partial<PublicationReads> = {}) => ({
  now,
  occurredAt: now,
  reads: { yearBefore: undefined, yearAfter: undefined, ...reads },
});
const event = (data: Published) => ({
  type: 'WorkCalendarPublished' as const,
  data,
  occurredAt: startOfDay(data.publishedOn),
});
const invalid = (code: string, field: string) => ({ kind: 'invalid', code, field }) as const;

describe('a year that no notice arranges', () => {
  it('is arranged by its first notice, which occurred when it was made public, its days in order', () => {
    past()
      .when(publishWorkCalendar, { ...first, daysOff: first.daysOff.toReversed() }, context())
      .then([event(asPublished)]);
    past()
      .when(publishWorkCalendar, { ...first, url: undefined, number: undefined } as never, context())
      .then([event({ ...asPublished, url: null, number: null })]);
  });

  it('takes the moment of publication, on its day', () => {
    const occurredAt = startOfDay('2026-11-05') + 30_000_000;
    const at = { ...first, occurredAt: new Date(occurredAt).toISOString() };
    past()
      .when(publishWorkCalendar, at, { ...context(), occurredAt })
      .then([{ ...event(asPublished), occurredAt }]);
    past()
      .when(publishWorkCalendar, { ...at, publishedOn: '2026-11-06' }, { ...context(), occurredAt })
      .then(invalid('OCCURRED_ON_ANOTHER_DAY', 'occurredAt'));
  });

  it('is arranged on the day of publication in Shanghai, and not before', () => {
    const midnight = Date.UTC(2026, 10, 4, 16);
    expect(past().when(publishWorkCalendar, first, context(midnight)).decision).toHaveLength(1);
    past()
      .when(publishWorkCalendar, first, context(midnight - 1))
      .then(invalid('PUBLISHED_IN_FUTURE', 'publishedOn'));
  });

  it('is not arranged by an amendment, nor without one of its statutory days', () => {
    past().when(publishWorkCalendar, amend, context()).then(invalid('STATUTORY_DAY_MISSING', 'daysOff'));
    const short = { ...first, daysOff: first.daysOff.with(1, '2027-02-06..2027-02-11 春节') };
    past().when(publishWorkCalendar, short, context()).then(invalid('STATUTORY_DAY_MISSING', 'daysOff'));
  });

  it('has nothing to correct', () => {
    past()
      .when(publishWorkCalendar, { ...first, correction: true }, context())
      .then(invalid('NO_NOTICE_TO_CORRECT', 'correction'));
  });
});

describe('days that are none of a notice', () => {
  it.each<[string, Partial<PublishWorkCalendar>, string, string]>([
    ['none at all', { daysOff: [], workdays: [] }, 'NO_DAYS', 'daysOff'],
    ['30 February', { daysOff: ['2027-02-30 春节'] }, 'INVALID_DATE', 'daysOff'],
    ['a worked 30 February', { workdays: ['2027-02-30 春节'] }, 'INVALID_DATE', 'workdays'],
    ['of another year', { daysOff: ['2026-11-30 元旦'] }, 'DAY_OUT_OF_YEAR', 'daysOff'],
    ['into another year', { daysOff: ['2028-01-31..2028-02-01 元旦'] }, 'DAY_OUT_OF_YEAR', 'daysOff'],
    ['worked in another year', { workdays: ['2028-02-05 春节'] }, 'DAY_OUT_OF_YEAR', 'workdays'],
    ['the wrong way round', { daysOff: ['2027-02-11..2027-02-05 春节'] }, 'SPAN_REVERSED', 'daysOff'],
    ['months of holiday', { daysOff: ['2027-02-05..2027-12-11 春节'] }, 'SPAN_TOO_LONG', 'daysOff'],
    ['twice', { daysOff: ['2027-10-01..2027-10-07 国庆节', '2027-10-07 中秋节'] }, 'DAY_NAMED_TWICE', 'daysOff'],
    ['worked twice', { workdays: ['2027-02-20 春节', '2027-02-20 春节'] }, 'DAY_NAMED_TWICE', 'workdays'],
    ['off and worked', { workdays: ['2027-10-07 国庆节'] }, 'DAY_OFF_AND_WORKED', 'workdays'],
    ['worked anyway', { workdays: ['2027-02-22 春节'] }, 'WORKED_ANYWAY', 'workdays'],
    ['a festival elsewhere', { springFestival: '2027-02-07' }, 'FESTIVAL_DIFFERS', 'springFestival'],
    ['a festival of another year', { midAutumnFestival: '2026-09-25' }, 'DAY_OUT_OF_YEAR', 'midAutumnFestival'],
  ])('%s', (_, days, code, field) => {
    past()
      .when(publishWorkCalendar, { ...first, ...days }, context())
      .then(invalid(code, field));
  });

  it('the last days of December before and of January after are not among them', () => {
    const daysOff = [...first.daysOff, '2026-12-01 元旦', '2028-01-31 元旦'];
    past()
      .when(publishWorkCalendar, { ...first, daysOff }, context())
      .then([
        event({
          ...asPublished,
          years: [2026, 2027, 2028],
          daysOff: [span('2026-12-01 元旦'), ...asPublished.daysOff, span('2028-01-31 元旦')],
        }),
      ]);
  });
});

describe('an arranged year', () => {
  it('is arranged by the same notice silently, however its days are put together', () => {
    past(asPublished).when(publishWorkCalendar, first, context()).then([]);
    const apart = { ...first, daysOff: ['2027-01-01..2027-01-02 元旦', '2026-12-31 元旦', ...first.daysOff.slice(1)] };
    past(asPublished).when(publishWorkCalendar, apart, context()).then([]);
    past(asPublished, asAmended).when(publishWorkCalendar, first, context()).then([]);
  });

  it.each<[string, Partial<PublishWorkCalendar>]>([
    ['number', { number: undefined } as never],
    ['title', { title: '国务院办公厅关于2027年节假日安排的通知' }],
    ['publishedOn', { publishedOn: '2026-11-06' }],
    ['url', { url: 'https://www.gov.cn/' }],
    ['daysOff', { daysOff: first.daysOff.with(4, '2027-06-09 端午') }],
    ['workdays', { workdays: ['2027-02-20 春节'] }],
  ])('is not arranged otherwise by the same notice: %s', (field, other) => {
    past(asPublished)
      .when(publishWorkCalendar, { ...first, ...other }, context())
      .then({ kind: 'conflict', code: 'NOTICE_DIFFERS', field });
  });

  it('is amended by another notice from then on', () => {
    past(asPublished)
      .when(publishWorkCalendar, amend, context())
      .then([event(asAmended)]);
    past(asPublished, asAmended).when(publishWorkCalendar, amend, context()).then([]);
  });

  it('is not amended by one that was public earlier; on the same day it may be', () => {
    past(asPublished)
      .when(publishWorkCalendar, { ...amend, publishedOn: '2026-11-04' }, context())
      .then(invalid('PUBLISHED_BEFORE_PREVIOUS_NOTICE', 'publishedOn'));
    past(asPublished)
      .when(publishWorkCalendar, { ...amend, publishedOn: '2026-11-05' }, context())
      .then([event({ ...asAmended, publishedOn: '2026-11-05' })]);
    const inBetween = { ...amend, number: '国办发明电〔2027〕2号', title: '另一通知', publishedOn: '2027-03-21' };
    past(asPublished, asAmended)
      .when(publishWorkCalendar, inBetween, context())
      .then(invalid('PUBLISHED_BEFORE_PREVIOUS_NOTICE', 'publishedOn'));
  });

  it('may have a weekday worked that an earlier notice gave off, and a statutory day never', () => {
    const workdays = ['2027-02-11 春节'];
    past(asPublished)
      .when(publishWorkCalendar, { ...amend, workdays }, context())
      .then([event({ ...asAmended, workdays: [{ day: '2027-02-11', name: '春节' }] })]);
    past(asPublished)
      .when(publishWorkCalendar, { ...amend, workdays: ['2027-02-08 春节'] }, context())
      .then(invalid('STATUTORY_DAY_WORKED', 'workdays'));
  });

  it('goes by what the notices of the years beside it changed', () => {
    const next = { ...asPublished, year: 2028, number: null, title: '二〇二八', publishedOn: '2027-11-02' };
    const daysOff = [...asPublished.daysOff.map((one) => ({ ...one })), span('2027-12-31 元旦')];
    const yearAfter = { notices: [{ ...next, daysOff, workdays: [], festivals: null }] };
    const command = { ...amend, workdays: ['2027-12-31 元旦'] };
    past(asPublished).when(publishWorkCalendar, command, context()).then(invalid('WORKED_ANYWAY', 'workdays'));
    expect(past(asPublished).when(publishWorkCalendar, command, context(NOW, { yearAfter })).decision).toHaveLength(1);
  });
});

describe('a notice that was written down wrongly', () => {
  const right = { ...first, workdays: ['2027-02-20 春节'], correction: true };
  const asCorrected: Published = { ...asPublished, workdays: [{ day: '2027-02-20', name: '春节' }] };

  it('is corrected, for every year that either changes, without regard to what came after it', () => {
    const daysOff = first.daysOff.with(0, '2027-01-01..2027-01-02 元旦');
    past(asPublished, asAmended)
      .when(publishWorkCalendar, { ...right, daysOff }, context())
      .then([event({ ...asCorrected, years: [2026, 2027], daysOff: daysOff.map(span) })]);
  });

  it('is corrected once', () => {
    past(asPublished, asCorrected).when(publishWorkCalendar, right, context()).then([]);
    past(asPublished, asCorrected)
      .when(publishWorkCalendar, first, context())
      .then({ kind: 'conflict', code: 'NOTICE_DIFFERS', field: 'workdays' });
  });

  it('arranges the year after it as before', () => {
    past(asPublished)
      .when(publishWorkCalendar, { ...right, daysOff: first.daysOff.slice(1) }, context())
      .then(invalid('STATUTORY_DAY_MISSING', 'daysOff'));
    past(asPublished, asAmended)
      .when(publishWorkCalendar, { ...amend, daysOff: ['2027-05-04 劳动节'], correction: true }, context())
      .then([event({ ...asAmended, daysOff: [span('2027-05-04 劳动节')] })]);
  });
});

describe('a notice that the release brings', () => {
  const [labourDay] = shippedNotices(2019).slice(1);
  const command: PublishWorkCalendar = {
    year: 2019,
    number: labourDay!.number!,
    title: '关于五一',
    publishedOn: '2019-03-22',
    daysOff: ['2019-05-01..2019-05-04 五一'],
    workdays: ['2019-04-28 五一', '2019-05-05 五一'],
  };

  it('is known, in whatever words', () => {
    past().when(publishWorkCalendar, command, context()).then([]);
    past()
      .when(publishWorkCalendar, { ...command, number: undefined, title: labourDay!.title } as never, context())
      .then([]);
  });

  it('is not published with other days, but it may be corrected', () => {
    const other = { ...command, workdays: ['2019-04-28 五一'] };
    past()
      .when(publishWorkCalendar, other, context())
      .then({ kind: 'conflict', code: 'NOTICE_DIFFERS', field: 'workdays' });
    expect(past().when(publishWorkCalendar, { ...other, correction: true }, context()).decision).toMatchObject([
      { data: { years: [2019], shippedVersion: mainlandCalendar().version } },
    ]);
    past()
      .when(publishWorkCalendar, { ...command, publishedOn: '2019-03-23' }, context())
      .then({ kind: 'conflict', code: 'NOTICE_DIFFERS', field: 'publishedOn' });
  });

  it('is amended by one that was public later', () => {
    const other = { ...command, number: '国办发明电〔2019〕4号', title: '另一通知' };
    expect(past().when(publishWorkCalendar, other, context()).decision).toHaveLength(1);
    past()
      .when(publishWorkCalendar, { ...other, publishedOn: '2019-03-21' }, context())
      .then(invalid('PUBLISHED_BEFORE_PREVIOUS_NOTICE', 'publishedOn'));
  });
});

describe('a year of which the release has no festivals', () => {
  const now = startOfDay('2035-12-01');
  const festivals = {
    springFestival: '2036-01-28',
    tombSweepingDay: '2036-04-04',
    dragonBoatFestival: '2036-05-30',
    midAutumnFestival: '2036-10-04',
  };
  const far: PublishWorkCalendar = {
    ...first,
    ...festivals,
    year: 2036,
    number: '国办发明电〔2035〕9号',
    publishedOn: '2035-11-05',
    daysOff: [
      '2036-01-01 元旦',
      '2036-01-27..2036-02-02 春节',
      '2036-04-04..2036-04-06 清明节',
      '2036-05-01..2036-05-05 劳动节',
      '2036-05-30 端午节',
      '2036-10-01..2036-10-07 国庆节、中秋节',
    ],
    workdays: [],
  };
  const asFar: Published = {
    ...asPublished,
    year: 2036,
    years: [2036],
    number: far.number!,
    publishedOn: far.publishedOn,
    daysOff: far.daysOff.map(span),
    workdays: [],
    festivals: { 春节: '2036-01-28', 清明节: '2036-04-04', 端午节: '2036-05-30', 中秋节: '2036-10-04' },
  };

  it('is arranged by a notice that tells them, from which the statutory days follow', () => {
    past()
      .when(publishWorkCalendar, far, context(now))
      .then([event(asFar)]);
    past(asFar).when(publishWorkCalendar, far, context(now)).then([]);
    past()
      .when(publishWorkCalendar, { ...far, midAutumnFestival: '2036-10-08' }, context(now))
      .then(invalid('STATUTORY_DAY_MISSING', 'daysOff'));
  });

  it.each(Object.keys(festivals) as (keyof typeof festivals)[])('is not arranged without %s', (field) => {
    past()
      .when(publishWorkCalendar, { ...far, [field]: undefined }, context(now))
      .then(invalid('FESTIVAL_NEEDED', field));
  });

  it('is amended without them, and not with other ones', () => {
    const { year, title } = far;
    const amendment = { year, title: `${title}二`, publishedOn: far.publishedOn, daysOff: ['2036-05-06 劳动节'] };
    expect(past(asFar).when(publishWorkCalendar, amendment, context(now)).decision).toMatchObject([
      { data: { festivals: null } },
    ]);
    past(asFar)
      .when(publishWorkCalendar, { ...amendment, workdays: ['2036-10-04 中秋节'] }, context(now))
      .then(invalid('STATUTORY_DAY_WORKED', 'workdays'));
    past(asFar)
      .when(publishWorkCalendar, { ...far, springFestival: '2036-01-29' }, context(now))
      .then({ kind: 'conflict', code: 'NOTICE_DIFFERS', field: 'springFestival' });
  });
});

describe('what is shown', () => {
  it('is each year that a notice changes, with the version that each made', () => {
    const documents = documentsGiven(workCalendars, [asPublished, asAmended].map(recordedEvent));
    const versions = [...documents].map(([key, { year, calendarVersion, notices }]) => [
      key,
      year,
      calendarVersion,
      notices.map((notice) => [notice.number, notice.calendarVersion]),
    ]);
    expect(versions).toEqual([
      ['2026', 2026, 'CN-2026.2', [[NUMBER, 'CN-2026.2']]],
      [
        '2027',
        2027,
        'CN-2027.2',
        [
          [NUMBER, 'CN-2027.1'],
          [amend.number, 'CN-2027.2'],
        ],
      ],
    ]);
    expect(documents.get('2027')!.notices[0]).toEqual({
      ...asPublished,
      calendarVersion: 'CN-2027.1',
      recordedAt: '2026-11-04T16:00:00.000Z',
    });
  });

  it('has the events of every notice behind it', () => {
    const documents = documentsGiven(workCalendars, [recordedEvent(asPublished)]);
    const [view] = workCalendarsTable.views;
    expect(view!.streamsOf!(documents.get('2026')!, '2026', new Map())).toEqual(['workCalendar-2027']);
  });
});

describe('the command', () => {
  const errors = (given: object) => validatorOf(PublishWorkCalendar)({ ...first, ...given }).errors ?? [];

  it('takes a notice as it is written', () => {
    expect(errors({})).toEqual([]);
    expect(errors({ daysOff: ['2015-09-03..2015-09-05 抗日战争暨世界反法西斯战争胜利70周年纪念日'] })).toEqual([]);
  });

  it.each([
    [{ year: '2027' }, 'year'],
    [{ year: 2006 }, 'year'],
    [{ number: '国办发明电[2026]9号' }, 'number'],
    [{ number: '国办发明电〔2026〕09号' }, 'number'],
    [{ title: ' ' }, 'title'],
    [{ publishedOn: '2026-11-31' }, 'publishedOn'],
    [{ url: 'javascript:alert(1)' }, 'url'],
    [{ url: 'https://user:secret@www.gov.cn/' }, 'url'],
    [{ daysOff: '2027-06-09 端午节' }, 'daysOff'],
    [{ daysOff: ['2027-06-09'] }, 'daysOff'],
    [{ daysOff: ['2027-06-09..端午节'] }, 'daysOff'],
    [{ daysOff: [['2027-06-09 端午节']] }, 'daysOff'],
    [{ workdays: ['2027-02-20..2027-02-21 春节'] }, 'workdays'],
    [{ workdays: ['2027-02-20 张13800138000'] }, 'workdays'],
    [{ springFestival: '02-06' }, 'springFestival'],
    [{ correction: 'yes' }, 'correction'],
  ])('names the field at fault: %j', (given, field) => {
    expect(errors(given).map((error) => error.field)).toEqual([field]);
  });
});
