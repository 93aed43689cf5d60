import { describe, expect, it } from '@jest/globals';
import { mainlandCalendar } from '#calendar';
import { parseInstant } from '#kernel';
import { deadline, explain, type DeadlineQuestion } from '#law';

const calendar = mainlandCalendar();
const words = (rule: string, question: Omit<DeadlineQuestion, 'calendar'>) =>
  explain(deadline(rule, { ...question, calendar }), calendar);

describe('the arithmetic in words', () => {
  it('counts working days over a holiday', () => {
    expect(words('L-01', { from: '2026-02-13' })).toEqual({
      en: '7 working days from 2026-02-13: 02-14, 02-24, …, 03-02; 02-15 to 02-23 rest',
      zh: '自2026-02-13起7个工作日（当日不计入）：02-14、02-24、…、03-02；02-15至02-23休息',
    });
  });
  it('says how it rolls', () => {
    expect(words('L-02', { from: '2026-08-07' })).toEqual({
      en: '60 days from 2026-08-07: 08-08, 08-09, …, 10-06; 10-06 is a rest day, so 10-08 (roll B)',
      zh: '自2026-08-07起60日（当日不计入）：08-08、08-09、…、10-06；10-06为休息日，顺延至10-08（B）',
    });
  });
  it('says what was not counted, what stopped nothing, and what came too late', () => {
    const suspensions = [
      { from: '2026-09-07', to: '2026-09-08', reason: 'testing' },
      { from: '2026-09-10', to: '2026-09-11', reason: 'recusal' },
    ];
    expect(words('L-05', { from: '2026-09-03', suspensions, extensions: [{ grantedOn: '2026-11-01' }] }).en).toBe(
      '15 working days from 2026-09-03: 09-04, 09-09, …, 09-28; 09-25 to 09-27 rest; 09-07 to 09-08 not counted; ' +
        'recusal from 09-10 does not stop L-05; the extension granted on 11-01 came too late',
    );
  });
  it('says how it was extended', () => {
    expect(words('L-11', { from: '2026-07-05', extensions: [{ grantedOn: '2026-10-08' }] }).en).toBe(
      '90 days from 2026-07-05: 07-06, 07-07, …, 10-03; extended on 10-08 by 30 days; ends on 11-02',
    );
  });
  it('says that it stands still', () => {
    expect(words('L-02', { from: '2026-05-04', suspensions: [{ from: '2026-05-08', to: null }] })).toEqual({
      en: '60 days from 2026-05-04: 05-05, 05-06, …; stands still since 05-08',
      zh: '自2026-05-04起60日（当日不计入）：05-05、05-06、…；自05-08起中止，尚未恢复',
    });
  });
  it('writes the year where it is another, and a single day alone', () => {
    expect(words('L-29.choice', { from: '2025-12-31' }).en).toBe(
      '2 working days from 2025-12-31: 2026-01-04, 2026-01-05; 2026-01-01 to 2026-01-03 rest',
    );
  });
  it('has the moment of a clock of hours', () => {
    expect(words('L-31.transfer', { from: parseInstant('2026-02-16T22:30:00+08:00')! })).toEqual({
      en: '24 hours from 2026-02-16T14:30:00.000Z: 2026-02-17T14:30:00.000Z',
      zh: '自2026-02-16T14:30:00.000Z起24小时：2026-02-17T14:30:00.000Z',
    });
  });
  it('has only the end of years', () => {
    expect(words('L-17', { from: '2028-02-29' }).en).toBe('2 years from 2028-02-29: 2030-02-28');
  });
});
