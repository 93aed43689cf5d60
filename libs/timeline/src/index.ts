// The timeline of a dispute: every event of every procedure of it, in order and in words.
export { timelineOf, type TimelineEntry, type TimelineOrder } from './timeline.ts';
export { disputeStreamsView, type DisputeStreamsDocument } from './views/dispute-streams.ts';
export { wordsOf } from './words.ts';
