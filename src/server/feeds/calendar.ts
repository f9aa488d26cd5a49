import ical, { type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { DateKind } from '#src/domain/deals/deal-dates.ts';
import { stableUrn } from '#src/domain/identifiers/ids.ts';
import { describeFilter, type NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { absoluteUrl, noticeUrl } from '#src/domain/site/urls.ts';
import { dayOf, type Moment } from '#src/domain/time/moment.ts';
import type { Calendar, CalendarDate } from './deadlines.ts';
import { listLines, toXmlText } from './entry-text.ts';
import type { FeedSite } from './syndication.ts';

/** What a date is called before its project's title. */
const WORDS: Record<DateKind, string> = { deadline: '截止', opening: '开标（开启）', publicity: '公示结束' };

/**
 * The calendar (RFC 5545, RFC 7986) of projects' dates. Each project has one event for each kind of date, of each lot where their
 * dates differ: its UID is that of the project wherever this site stands, and its SEQUENCE rises with every correction, so that a
 * calendar program moves or cancels what it has. Times are UTC.
 */
export function formatCalendar(site: FeedSite, filter: NoticeFilter, { dates, projectTitle }: Calendar): string {
  const calendar = ical({
    name: toXmlText(`截止时间：${describeFilter(filter, projectTitle)} - ${site.name}`),
    prodId: { company: 'Tongming', product: 'Deadlines', language: 'ZH' },
    ttl: 3600,
    x: [{ key: 'X-WR-TIMEZONE', value: 'Asia/Shanghai' }],
  });
  for (const date of dates) calendar.createEvent(toEvent(site, date));
  return calendar.toString();
}

function toEvent(site: FeedSite, date: CalendarDate): ICalEventData {
  const { projectId, kind, lot, sequence, updatedAt, isCancelled, told } = date;
  return {
    id: stableUrn('calendar', projectId, kind, lot).replace('urn:uuid:', ''),
    sequence,
    ...toTimes(date.moment),
    stamp: new Date(updatedAt),
    lastModified: new Date(updatedAt),
    transparency: ICalEventTransparency.TRANSPARENT,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(told ? toText(site, date, told) : { summary: '公告已撤回' }),
  };
}

function toText(
  site: FeedSite,
  { kind, lots, isOpeningToo, isCancelled }: CalendarDate,
  { title, entry }: NonNullable<CalendarDate['told']>,
): Pick<ICalEventData, 'summary' | 'description' | 'url'> {
  const url = absoluteUrl(site.url, noticeUrl(entry.id));
  const word = isOpeningToo ? '截止并开标' : WORDS[kind];
  const which = lots.length > 0 ? `（${lots.join('、')}）` : '';
  return {
    summary: toXmlText(`${isCancelled ? '已取消：' : ''}${word}${which}：${title}`),
    description: toXmlText([...listLines(entry), url].join('\n')),
    url,
  };
}

/**
 * A day without a clock is an event of that day (`VALUE=DATE`). 24:00 is the end of an event of the day that it ends: one
 * that began then would stand in the next day.
 */
function toTimes(moment: Moment): Pick<ICalEventData, 'start' | 'end' | 'allDay'> {
  if (moment.precision === 'day') return { start: new Date(`${dayOf(moment)}T00:00:00Z`), allDay: true };
  const at = new Date(moment.at);
  return moment.precision === 'endOfDay' ? { start: new Date(at.getTime() - 60_000), end: at } : { start: at };
}
