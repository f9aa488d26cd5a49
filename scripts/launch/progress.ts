import { Presets, SingleBar } from 'cli-progress';

const LINE_INTERVAL_MS = 3_000;

/** Shows how far a long step is. */
export interface ProgressDisplay {
  show(done: number, total: number): void;
  stop(): void;
}

/** A bar on a terminal, a line every few seconds elsewhere. Nothing appears before the first call of `show`. */
export function createProgress(title: string, unit: string): ProgressDisplay {
  return process.stderr.isTTY ? createBar(title, unit) : createLines(title, unit);
}

function createBar(title: string, unit: string): ProgressDisplay {
  const format = `${title} {bar} {value}/{total} ${unit} {duration_formatted}`;
  const bar = new SingleBar({ format, hideCursor: true, gracefulExit: false }, Presets.shades_classic);
  return {
    show(done, total) {
      if (!bar.isActive) bar.start(total, 0);
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}

function createLines(title: string, unit: string): ProgressDisplay {
  let last = 0;
  return {
    show(done, total) {
      if (Date.now() - last < LINE_INTERVAL_MS) return;
      last = Date.now();
      console.log(`${title} ${done}/${total} ${unit}`);
    },
    stop: () => undefined,
  };
}
