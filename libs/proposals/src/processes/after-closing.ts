import { idOf } from '#kernel';
import { publicationOf } from '#publicity/events';
import type { AnsweringProcess } from './answers.ts';

/**
 * A complaint was closed: it goes into the queue of what is to be published, where the place has a rule for that. Whether it is
 * published a person decides, by what the complainant said.
 */
export const afterClosing: AnsweringProcess = {
  types: ['ComplaintClosed'],
  answer: ({ stream }) => {
    const complaintId = idOf(stream);
    const id = publicationOf(complaintId);
    return [{ answer: 'give', category: 'publication', action: 'plan-after-closing', id, command: { complaintId } }];
  },
};
