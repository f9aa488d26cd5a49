import type { Plant } from './plants.ts';

/** What a harness found. */
export interface Outcome {
  /** One line of counts; it tells how often the fault was really hit. */
  figures: string;
  /** What must not have happened, one line each. None: the harness passed. */
  breaches: string[];
}

/** One run of a harness. */
export interface Trial {
  /** Number of faults. */
  runs: number;
  /** Decides every random choice; what the machine's timing decides still differs. */
  seed: number;
  /** A bug to put into the child processes, which the harness must find. */
  plant: Plant | undefined;
  /** An empty folder of its own, removed afterwards. */
  folder: string;
  /** Reports how many of `runs` are done. */
  advance(done: number): void;
}

/** A test that breaks something many times over and looks at what is left. */
export interface Harness {
  key: string;
  title: string;
  /** Number of faults of a full run. */
  runs: number;
  needsStrace: boolean;
  /** @throws Error when the harness itself cannot work: that is no finding. */
  run(trial: Trial): Promise<Outcome>;
}

/** True when a planted bug has been found: a control need not go on. */
export function isCaught({ plant }: Trial, breaches: readonly string[]): boolean {
  return plant !== undefined && breaches.some((breach) => plant.breach.test(breach));
}

/** Works through a list, two at a time. */
export async function inPairs<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const next = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all([next(), next()]);
}
