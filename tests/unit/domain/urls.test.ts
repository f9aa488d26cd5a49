import { describe, expect, it } from 'vitest';
import { countyUrl, listUrl, rejectedUrl, searchUrl, syncUrl } from '#src/domain/site/urls.ts';
import { formatElapsed } from '#src/domain/time/elapsed.ts';

describe('addresses', () => {
  it('put category and stage into the path, the rest into the query in one order', () => {
    expect(listUrl()).toBe('/notices');
    expect(listUrl({ sort: 'deadline', county: 'qufu', category: 'land' })).toBe(
      '/notices/land?county=qufu&sort=deadline',
    );
    expect(listUrl({ county: 'qufu', stage: 'awardNotice', category: 'medical' })).toBe(
      '/notices/medical/awardNotice?county=qufu',
    );
    expect(listUrl({ stage: 'awardNotice' })).toBe('/notices?stage=awardNotice');
  });

  it('write amounts in yuan and leave out what is undefined', () => {
    expect(listUrl({ min: 500_000_000, max: 1_050, cursor: undefined })).toBe('/notices?min=5000000&max=10.50');
  });

  it('keep a county in the path of its site', () => {
    expect(countyUrl('qufu')).toBe('/county/qufu');
    expect(countyUrl('qufu', {})).toBe('/county/qufu/notices');
    expect(countyUrl('qufu', { county: 'qufu', category: 'land', stage: 'landOffering' })).toBe(
      '/county/qufu/land?stage=landOffering',
    );
  });

  it('encode what readers type', () => {
    expect(searchUrl({ q: 'a&b 公路' })).toBe('/search?q=a%26b+%E5%85%AC%E8%B7%AF');
    expect(rejectedUrl('a/b', 5)).toBe('/sync/a%2Fb?before=5');
    expect(syncUrl('jining-qufu')).toBe('/sync#jining-qufu');
  });
});

describe('formatElapsed', () => {
  const now = '2026-06-15T04:00:00.000Z';
  it.each([
    ['2026-06-15T03:59:30.000Z', '刚刚'],
    ['2026-06-15T04:00:30.000Z', '刚刚'],
    ['2026-06-15T03:01:00.000Z', '59 分钟前'],
    ['2026-06-13T05:00:00.000Z', '47 小时前'],
    ['2026-06-13T04:00:00.000Z', '2 天前'],
  ])('%s is %s', (from, text) => expect(formatElapsed(from, now)).toBe(text));
});
