import type { EventWords } from '#kernel';
import type { RefusedReadEvents } from './events.ts';

export const refusedReadWords: EventWords<RefusedReadEvents> = {
  ProtectedReadRefused: ({ role, view, count }) => ({
    zh: `${role} 角色无权查阅 ${view}，当日已拒绝至少${count}次`,
    en: `A key of role ${role} was refused ${view}, at least ${count} times that day`,
  }),
};
