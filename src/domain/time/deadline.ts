import { endOf, type Moment, within } from './moment.ts';
import { calendarDaysBetween, type Instant } from './time.ts';

export interface DeadlineState {
  /** `已截止`, `还剩 40 分钟`, `还剩 5 小时`, `今天截止`, `明天截止`, `还剩 12 天`. */
  text: string;
  /** `soon`: three calendar days or less are left. */
  state: 'past' | 'soon' | 'open';
}

const SOON_DAYS = 3;

/** What a reader has to know about a deadline at the moment of reading. A day is open until it ends, and counts no hours. */
export function describeDeadline(deadline: Moment, now: Instant): DeadlineState {
  const left = Date.parse(endOf(deadline)) - Date.parse(now);
  if (left <= 0) return { text: '已截止', state: 'past' };
  const days = calendarDaysBetween(now, within(deadline));
  if (days === 0 && deadline.precision === 'day') return { text: '今天截止', state: 'soon' };
  if (days === 0) return { text: `还剩 ${formatHours(left)}`, state: 'soon' };
  if (days === 1) return { text: '明天截止', state: 'soon' };
  return { text: `还剩 ${days} 天`, state: days <= SOON_DAYS ? 'soon' : 'open' };
}

function formatHours(milliseconds: number): string {
  const minutes = Math.max(1, Math.floor(milliseconds / 60_000));
  return minutes < 60 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时`;
}
