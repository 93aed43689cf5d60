import { idOf } from '#kernel';
import type { AnsweringProcess } from './answers.ts';

/** A complaint on a dispute that was settled before: what was said to be a settlement is none (T-31). */
export const afterComplaint: AnsweringProcess = {
  types: ['ComplaintReceived'],
  asksForSettlements: true,
  answer: ({ stream }, _law, _opening, settled) =>
    settled.map((id) => ({
      answer: 'give',
      category: 'negotiation',
      action: 'dispute-by-complaint',
      id,
      command: { complaintId: idOf(stream) },
    })),
};
