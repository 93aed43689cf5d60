import type { EventWords } from '#kernel';
import type { ReminderEvents, ReminderLevel } from './events.ts';

const LEVELS: Readonly<Record<ReminderLevel, readonly [zh: string, en: string]>> = {
  amber: ['黄色预警', 'Amber'],
  red: ['红色预警', 'Red'],
  due: ['今日到期', 'Due today'],
  overdue: ['已逾期', 'Overdue'],
  standstill: ['期限长期中止', 'Stands still for long'],
};

export const reminderWords: EventWords<ReminderEvents> = {
  DeadlineReminderIssued: ({ level, clock, date }) => {
    const [zh, en] = LEVELS[level];
    const since = level === 'standstill';
    return {
      zh: `期限提醒：${zh}（${clock}，${since ? '自' : ''}${date}${since ? '起' : ''}）`,
      en: `Reminder: ${en} (${clock}, ${since ? 'since ' : ''}${date})`,
    };
  },
};
