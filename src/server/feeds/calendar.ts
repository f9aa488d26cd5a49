import ical, { type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { NoticeFilter } from '#src/domain/notice-filter.ts';
import { describeFilter } from '#src/domain/notice-filter.ts';
import { formatDateTime, type Instant, toShanghaiIso } from '#src/domain/time.ts';
import { absoluteUrl, noticeUrl } from '#src/domain/urls.ts';
import type { CancelledDeadline, Deadlines } from './deadlines.ts';
import { listLines, toXmlText } from './entry-text.ts';
import type { FeedEntry } from './list.ts';
import type { FeedSite } from './syndication.ts';

/**
 * The calendar (RFC 5545) of deadlines. An event keeps its UID; its SEQUENCE is the notice's version, so that a
 * calendar program takes a corrected or withdrawn deadline for what it is. Times are UTC.
 */
export function formatCalendar(site: FeedSite, filter: NoticeFilter, { entries, cancelled }: Deadlines): string {
  const calendar = ical({
    name: toXmlText(`截止时间：${describeFilter(filter)} - ${site.name}`),
    prodId: { company: 'Tongming', product: 'Deadlines', language: 'ZH' },
    ttl: 3600,
    x: [{ key: 'X-WR-TIMEZONE', value: 'Asia/Shanghai' }],
  });
  for (const entry of entries) {
    if (entry.deadlineAt) calendar.createEvent(toEvent(site, entry, entry.deadlineAt));
  }
  for (const deadline of cancelled) calendar.createEvent(toCancelledEvent(site, deadline));
  return calendar.toString();
}

function toEvent(site: FeedSite, entry: FeedEntry, deadlineAt: Instant): ICalEventData {
  const url = absoluteUrl(site.url, noticeUrl(entry.id));
  return {
    ...toCore(site, { ...entry, deadlineAt }),
    summary: toXmlText(`截止：${entry.title}`),
    description: toXmlText([...listLines(entry), url].join('\n')),
    status: ICalEventStatus.CONFIRMED,
    url,
  };
}

function toCancelledEvent(site: FeedSite, deadline: CancelledDeadline): ICalEventData {
  return { ...toCore(site, deadline), summary: '公告已撤回', status: ICalEventStatus.CANCELLED };
}

/** A deadline at midnight is a day without a time of day: its event takes the day in Shanghai. */
function toCore(site: FeedSite, { id, version, deadlineAt, updatedAt }: CancelledDeadline) {
  const allDay = formatDateTime(deadlineAt).endsWith('00:00');
  const start = allDay ? new Date(`${toShanghaiIso(deadlineAt).slice(0, 10)}T00:00:00Z`) : new Date(deadlineAt);
  return {
    id: `deadline-${id}@${new URL(site.url).hostname}`,
    sequence: version,
    start,
    allDay,
    stamp: new Date(updatedAt),
    lastModified: new Date(updatedAt),
    transparency: ICalEventTransparency.TRANSPARENT,
  };
}
