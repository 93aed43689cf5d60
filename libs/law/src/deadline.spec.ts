import { describe, expect, it } from '@jest/globals';
import { mainlandCalendar } from '#calendar';
import { deadline, explain } from '#law';
const calendar = mainlandCalendar();
it('x', () => {
  const d = deadline('L-01', { from: '2026-02-13', calendar });
  console.log(d, explain(d, calendar));
  const e = deadline('L-11', { from: '2026-07-05', calendar, extensions: [{grantedOn: '2026-10-08'}], suspensions: [{from:'2026-08-01', to: '2026-08-01', reason: 'appraisal'}] });
  console.log(JSON.stringify(e), explain(e, calendar));
});
