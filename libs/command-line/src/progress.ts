import { Presets, SingleBar } from 'cli-progress';
import type { Output } from './surroundings.ts';

/** A bar on a terminal; nothing where nobody looks at it, or where `--json` asks for silence. */
export interface Progress {
  /** `done` of `total`, with a few words beside it. */
  show(done: number, total: number, words: string): void;
  stop(): void;
}

const NONE: Progress = { show: () => {}, stop: () => {} };

export function progressOn(err: Output, isSilent: boolean): Progress {
  if (isSilent || err.isTTY !== true) return NONE;
  const format = '{bar} {percentage}% {words}';
  const bar = new SingleBar({ format, stream: err, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  let isStarted = false;
  return {
    show(done, total, words) {
      const most = Math.max(total, done, 1);
      if (!isStarted) bar.start(most, done, { words });
      else {
        bar.setTotal(most);
        bar.update(done, { words });
      }
      isStarted = true;
    },
    stop() {
      if (isStarted) bar.stop();
    },
  };
}
