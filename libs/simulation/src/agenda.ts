import type { Instant } from '#kernel';
import type { Reference, Step, Story } from './step.ts';

/** All strands of one life: it ends when the last of them has. */
export interface Thread {
  readonly number: number;
  strands: number;
}

interface Strand {
  readonly thread: Thread;
  readonly story: Story;
  /** Breaks ties of time, so that the order never depends on the heap's shape. */
  readonly order: number;
  next: Step;
}

/** The next steps of all stories under way, earliest first (binary heap). What lies at or after `until` never happens. */
export class Agenda {
  readonly #heap: Strand[] = [];
  #strands = 0;

  constructor(private readonly until: Instant) {}

  begin(number: number, story: Story): void {
    this.#enter({ number, strands: 0 }, story, Number.NEGATIVE_INFINITY);
  }

  /** When the next step is due; undefined when all stories are told. */
  get nextAt(): Instant | undefined {
    return this.#heap[0]?.next.at;
  }

  /** Takes the next step and lets its story go on from there, knowing what the step will have created. */
  take(answer: Reference): { readonly step: Step; readonly thread: Thread } {
    const strand = this.#pop();
    const { next: step, thread } = strand;
    this.#resume(strand, step.at, answer);
    return { step, thread };
  }

  #enter(thread: Thread, story: Story, now: Instant): void {
    thread.strands++;
    const strand = { thread, story, order: this.#strands++ } as Strand;
    this.#resume(strand, now, NOTHING);
  }

  #resume(strand: Strand, now: Instant, answer: Reference): void {
    for (;;) {
      const told = strand.story.next(answer);
      if (told.done === true) break;
      if ('fork' in told.value) {
        this.#enter(strand.thread, told.value.fork, now);
        continue;
      }
      if (told.value.at < now) {
        throw new Error(`${told.value.collection}/${told.value.action} goes back in time by ${now - told.value.at} ms`);
      }
      if (told.value.at >= this.until) break;
      strand.next = told.value;
      this.#push(strand);
      return;
    }
    strand.thread.strands--;
  }

  #push(strand: Strand): void {
    const heap = this.#heap;
    let at = heap.push(strand) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(strand, heap[above]!)) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = strand;
  }

  #pop(): Strand {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined) throw new RangeError('there is no step left');
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below++;
      if (!isBefore(heap[below]!, last)) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}

/** What a story's first step is answered with: nothing was taken before it. */
const NOTHING: Reference = { ref: -1 };

function isBefore(a: Strand, b: Strand): boolean {
  return a.next.at === b.next.at ? a.order < b.order : a.next.at < b.next.at;
}
