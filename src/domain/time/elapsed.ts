import type { Instant } from './time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago in plain words: `刚刚`, `12 分钟前`, `3 小时前`, `5 天前`. Rounded down. */
export function formatElapsed(from: Instant, now: Instant): string {
  const passed = Date.parse(now) - Date.parse(from);
  if (passed < MINUTE) return '刚刚';
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} 分钟前`;
  if (passed < 2 * DAY) return `${Math.floor(passed / HOUR)} 小时前`;
  return `${Math.floor(passed / DAY)} 天前`;
}
