import { describe, expect, test } from 'vitest';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { readEnglishDate } from '#src/ingest/adapters/common/rss-date.ts';
import { syndication } from '#src/ingest/adapters/syndication.ts';
import { openFeed } from '#tests/support/open-feed.ts';

describe('dates of feeds as people write them', () => {
  test.each([
    'Fri, 30 Jan 2026 09:07:01 +0800',
    '30 Jan 26 09:07:01 +0800',
    'Friday, 30 January 2026 09:07:01 +08:00',
    'Fri, 30 Jan 2026 09:07:01 +08',
    'Fri, 30 Jan 2026 09:07:01 +8',
    'Fri,30 Jan 2026 01:07:01 GMT',
    'Fri, 30 JAN 2026 01:07:01 Z',
    'Fri, 30 Jan 2026 09:07:01 GMT+8',
    'Fri, 30 Jan 2026 09:07:01 +0800 (CST)',
    'Thu, 29 Jan 2026 20:07:01 EST',
    'Fri Jan 30 09:07:01 GMT+08:00 2026',
    'Fri Jan 30 2026 09:07:01 GMT+0800 (中国标准时间)',
    'Jan 30, 2026 9:07:01 AM',
    '30-Jan-2026 09:07:01',
    '30 Jan 2026 09:07:01',
  ])('%s', (raw) => expect(parseFeedTime(readEnglishDate(raw))?.instant).toBe('2026-01-30T01:07:01.000Z'));

  test('years of two digits by RFC 2822; a day stays a day; other text stays', () => {
    expect(readEnglishDate('1 Sept 26')).toBe('2026-09-01');
    expect(readEnglishDate('1 Sep 99')).toBe('1999-09-01');
    expect(parseFeedTime(readEnglishDate('30 January 2026'))?.precision).toBe('day');
    expect(['昨天', '2026-01-30 09:07', ''].map(readEnglishDate)).toEqual(['昨天', '2026-01-30 09:07', '']);
    expect(parseFeedTime(readEnglishDate('Fri, 31 Feb 2026 09:07:01 GMT'))).toBeUndefined();
    expect(parseFeedTime(readEnglishDate('Fri, 30 Jan 2026 09:07:01 XYZ'))).toBeUndefined();
  });

  test('CST is refused for its item alone, with a hint', () => {
    const item = (id: number, date: string) =>
      `<item><title>某某公告${id}</title><guid isPermaLink="false">${id}</guid><pubDate>${date}</pubDate></item>`;
    const rss = `<rss><channel>${item(1, 'Fri, 30 Jan 2026 09:07:01 CST')}${item(2, 'Fri, 30 Jan 26 09:07 +08')}${item(3, 'Fri Jan 30 09:07:01 CST 2026')}</channel></rss>`;
    const columns = { a: { category: 'construction', stage: 'tenderNotice' } } as const;
    const feed = openFeed(
      syndication,
      { feeds: [{ url: 'https://a.example/rss', column: 'a' }], columns },
      { until: '2026-05-01' },
    );
    const { drafts, faults } = feed.page(rss);
    expect(drafts.map(({ sourceItemId }) => sourceItemId)).toEqual(['2']);
    expect(faults.map(({ reason }) => /CST.*\+0800/.test(reason))).toEqual([true, true]);
  });
});
