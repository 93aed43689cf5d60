import type { EventWords } from '#kernel';
import type { DuplicateEvents } from './events.ts';

export const duplicateWords: EventWords<DuplicateEvents> = {
  DisputeDuplicateSuspected: ({ of, kind, score }) =>
    kind === 'repeat'
      ? {
          zh: `系统提示：可能是对争议 ${of} 的重复投诉（${score}/100），待人工确认`,
          en: `Possibly a repeated complaint of dispute ${of} (${score} of 100): a person is to say`,
        }
      : {
          zh: `系统提示：可能与争议 ${of} 为同一争议（${score}/100），待人工确认`,
          en: `Possibly the same dispute as ${of} (${score} of 100): a person is to say`,
        },
  DisputeDuplicateDismissed: ({ of }) => ({
    zh: `经人工核对，与争议 ${of} 无关`,
    en: `A person found that it is another dispute than ${of}`,
  }),
};
