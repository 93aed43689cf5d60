// The timeline of a dispute: every event of every procedure of it, in order and in words.
export { isStreamToldTo } from './told-to.ts';
export { timelineOf, type TimelineEntry, type TimelineOrder } from './timeline.ts';
export { disputeStreamsView, type DisputeStreamsDocument } from './views/dispute-streams.ts';
export { wordsOf } from './words.ts';
