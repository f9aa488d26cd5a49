import type { TracedCall } from './trace.ts';

/** Calls of one kind have one name and go to one kind of file. */
function kindOf({ call, target }: TracedCall): string {
  const file = /-(?:wal|journal|shm)$|\.db$/.exec(target)?.[0] ?? 'other';
  return `${call} ${file}`;
}

/** `count` calls, spread evenly over their kinds and, within a kind, over the run; rare kinds are taken whole. */
export function choosePoints(calls: readonly TracedCall[], count: number): TracedCall[] {
  const kinds = Map.groupBy(calls, kindOf);
  const rareFirst = [...kinds.values()].sort((a, b) => a.length - b.length);
  const chosen: TracedCall[] = [];
  rareFirst.forEach((group, index) => {
    const share = Math.min(group.length, Math.ceil((count - chosen.length) / (rareFirst.length - index)));
    const step = group.length / share;
    chosen.push(...group.filter((_, place) => Math.floor(place / step) !== Math.floor((place - 1) / step)));
  });
  return chosen.slice(0, count);
}
