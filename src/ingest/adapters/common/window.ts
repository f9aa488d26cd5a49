import type { FetchWindow } from '../../types.ts';

const DAY_MS = 86_400_000;

/** First and last day (`YYYY-MM-DD`) of a slice of a run. */
export interface DaySlice {
  from: string;
  to: string;
}

/**
 * A run cut into slices of `days` days, newest first, for sites that stop paging deep. A full run starts at `historyFrom`.
 * Without `days` the run is one slice; without a start either, undefined: the request then carries no dates.
 */
export function sliceWindow(window: FetchWindow, historyFrom?: string, days?: number): (DaySlice | undefined)[] {
  const from = window.since ?? historyFrom;
  if (!from || from > window.until) return [undefined];
  if (!days) return [{ from, to: window.until }];
  const slices: DaySlice[] = [];
  for (let to = Date.parse(window.until); to >= Date.parse(from); to -= days * DAY_MS) {
    const start = Math.max(to - (days - 1) * DAY_MS, Date.parse(from));
    slices.push({ from: toDay(start), to: toDay(to) });
  }
  return slices;
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
