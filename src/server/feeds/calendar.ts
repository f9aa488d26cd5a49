import ical, { type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { describeFilter } from '#src/domain/notices/notice-filter.ts';
import { absoluteUrl, noticeUrl } from '#src/domain/site/urls.ts';
import { dayOf, type Moment, toMoment } from '#src/domain/time/moment.ts';
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
    const deadline = toMoment(entry.deadlineAt, entry.deadlinePrecision);
    if (deadline) calendar.createEvent(toEvent(site, entry, deadline));
  }
  for (const deadline of cancelled) calendar.createEvent(toCancelledEvent(site, deadline));
  return calendar.toString();
}

function toEvent(site: FeedSite, entry: FeedEntry, deadline: Moment): ICalEventData {
  const url = absoluteUrl(site.url, noticeUrl(entry.id));
  return {
    ...toCore(site, entry, deadline),
    summary: toXmlText(`截止：${entry.title}`),
    description: toXmlText([...listLines(entry), url].join('\n')),
    status: ICalEventStatus.CONFIRMED,
    url,
  };
}

function toCancelledEvent(site: FeedSite, notice: CancelledDeadline): ICalEventData {
  const deadline = { at: notice.deadlineAt, precision: notice.deadlinePrecision ?? 'minute' } as const;
  return { ...toCore(site, notice, deadline), summary: '公告已撤回', status: ICalEventStatus.CANCELLED };
}

function toCore(
  site: FeedSite,
  { id, version, updatedAt }: Pick<CancelledDeadline, 'id' | 'version' | 'updatedAt'>,
  deadline: Moment,
) {
  return {
    id: `deadline-${id}@${new URL(site.url).hostname}`,
    sequence: version,
    ...toTimes(deadline),
    stamp: new Date(updatedAt),
    lastModified: new Date(updatedAt),
    transparency: ICalEventTransparency.TRANSPARENT,
  };
}

/**
 * A day without a clock is an event of that day (`VALUE=DATE`). 24:00 is the end of an event of the day that it ends: one
 * that began then would stand in the next day.
 */
function toTimes(deadline: Moment): Pick<ICalEventData, 'start' | 'end' | 'allDay'> {
  if (deadline.precision === 'day') return { start: new Date(`${dayOf(deadline)}T00:00:00Z`), allDay: true };
  const at = new Date(deadline.at);
  return deadline.precision === 'endOfDay' ? { start: new Date(at.getTime() - 60_000), end: at } : { start: at };
}
