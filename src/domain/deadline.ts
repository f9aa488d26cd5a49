import { calendarDaysBetween, formatDate, formatDateTime, formatWeekday, type Instant } from './time.ts';

export interface DeadlineState {
  /** `已截止`, `还剩 40 分钟`, `还剩 5 小时`, `明天截止`, `还剩 12 天`. */
  text: string;
  /** `soon`: three calendar days or less are left. */
  state: 'past' | 'soon' | 'open';
}

const SOON_DAYS = 3;

/** What a reader has to know about a deadline at the moment of reading. */
export function describeDeadline(deadline: Instant, now: Instant): DeadlineState {
  const left = Date.parse(deadline) - Date.parse(now);
  if (left <= 0) return { text: '已截止', state: 'past' };
  const days = calendarDaysBetween(now, deadline);
  if (days === 0) return { text: `还剩 ${formatHours(left)}`, state: 'soon' };
  if (days === 1) return { text: '明天截止', state: 'soon' };
  return { text: `还剩 ${days} 天`, state: days <= SOON_DAYS ? 'soon' : 'open' };
}

function formatHours(milliseconds: number): string {
  const minutes = Math.max(1, Math.floor(milliseconds / 60_000));
  return minutes < 60 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时`;
}

/** `2026-05-01 周五 09:30` in Shanghai; a deadline at midnight is a day without a time of day. */
export function formatDeadline(deadline: Instant): string {
  const day = `${formatDate(deadline)} ${formatWeekday(deadline)}`;
  const time = formatDateTime(deadline).slice(11);
  return time === '00:00' ? day : `${day} ${time}`;
}
