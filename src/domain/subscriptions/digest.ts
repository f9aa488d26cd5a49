import { addDays, fromShanghai, type Instant, toShanghaiClock } from '../time/time.ts';

/** The last instant not after `now` at which the daily digest goes out: `hour` (0–23) o'clock in Shanghai. */
export function lastDigestAt(now: Instant, hour: number): Instant {
  const { year, month, day } = toShanghaiClock(now);
  const today = fromShanghai(year, month, day, hour);
  return today <= now ? today : addDays(today, -1);
}
