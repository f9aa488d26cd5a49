import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { toGrams } from '#src/domain/search/text.ts';
import { excludeWords, toFilterText, toSubscribable } from '#src/domain/subscriptions/filter.ts';
import { isOfInterest, type MatchableNotice, toInterest } from '#src/domain/subscriptions/interest.ts';
import { InterestIndex } from '#src/domain/subscriptions/interest-index.ts';

const NOW = '2026-06-10T00:00:00.000Z';

/** A notice whose title stands before the first `|` of the text. */
function toNotice(text: string, more: Partial<MatchableNotice> = {}): MatchableNotice {
  const parts = text.split('|').map(toGrams);
  return {
    category: 'procurement',
    stage: 'tenderNotice',
    county: 'qufu',
    publishedAt: '2026-06-09T08:00:00.000Z',
    amountFen: 50_000_000,
    closesAt: '2026-06-20T00:00:00.000Z',
    projectId: 'aaaaaaaaaaaa',
    buyer: '青石镇中学',
    agency: null,
    suppliers: [],
    tenderers: [],
    codes: [],
    subject: ` ${parts[0]} `,
    head: ` ${parts[0]} `,
    words: ` ${parts.join(' | ')} `,
    ...more,
  };
}

const matches = (filter: NoticeFilter, notice: MatchableNotice) => isOfInterest(toInterest(filter), notice, NOW);

describe('an interest', () => {
  const notice = toNotice('青石镇中学128排CT采购公告|采购人青石镇中学', { codes: ['SDGP-2026-0042'] });

  it('is met by words anywhere, in any order, and not across parts', () => {
    expect(matches({ q: '采购 中学' }, notice)).toBe(true);
    expect(matches({ q: '"公告采购"' }, notice)).toBe(false);
    expect(matches({ q: 'ct' }, notice)).toBe(true);
    expect(matches({ q: '排' }, notice)).toBe(true);
    expect(matches({ q: '监控' }, notice)).toBe(false);
    expect(matches({ q: '128' }, notice)).toBe(true);
    expect(matches({ q: '12' }, notice)).toBe(false);
  });

  it('is met by the words of a longer term in the title, not scattered over the body', () => {
    expect(matches({ q: '第78号' }, toNotice('第78号设备采购'))).toBe(true);
    expect(matches({ q: '第78号' }, toNotice('设备采购|第9标段，78万元，3号楼'))).toBe(false);
    expect(matches({ q: '道路照明维修' }, toNotice('城区道路照明设施维修|正文'))).toBe(true);
  });

  it('is met by a code, or a part of one, with the words beside it', () => {
    expect(matches({ q: 'SDGP20260042' }, notice)).toBe(true);
    expect(matches({ q: '20260042 中学' }, notice)).toBe(true);
    expect(matches({ q: '20260042 医院' }, notice)).toBe(false);
  });

  it('is not met where an excluded word stands, with or without words to look for', () => {
    expect(matches({ q: '中学 -CT' }, notice)).toBe(false);
    expect(matches({ q: '-监理' }, notice)).toBe(true);
    expect(matches({ q: '-采购公告' }, notice)).toBe(false);
  });

  it('is met within category, county, stage, amount, status and parties only', () => {
    const met: NoticeFilter[] = [
      {},
      { category: 'procurement', county: 'qufu', stage: 'tenderNotice', status: 'open', buyer: '青石镇中学' },
      { min: 50_000_000, max: 50_000_000 },
    ];
    const unmet: NoticeFilter[] = [
      { category: 'land' },
      { county: 'zoucheng' },
      { stage: 'awardNotice' },
      { min: 50_000_001 },
      { max: 49_999_999 },
      { status: 'closed' },
      { buyer: '青石镇' },
      { supplier: '甲木公司' },
    ];
    expect(met.map((filter) => matches(filter, notice))).toEqual(met.map(() => true));
    expect(unmet.map((filter) => matches(filter, notice))).toEqual(unmet.map(() => false));
    expect(matches({ max: 1 }, { ...notice, amountFen: null })).toBe(false);
  });
});

describe('the index of interests', () => {
  it('finds what a look at each of them finds', () => {
    const words = ['中学', '采购', '监控', 'ct', '排', '128排', 'sdgp20260042', '-监理', '-中学', '"采购公告"'];
    const filter = fc.record(
      {
        q: fc.subarray(words, { maxLength: 3 }).map((some) => some.join(' ')),
        category: fc.constantFrom('procurement' as const, 'land' as const),
        county: fc.constantFrom('qufu' as const, 'zoucheng' as const),
        stage: fc.constantFrom('tenderNotice' as const, 'awardNotice' as const),
        min: fc.constantFrom(1, 90_000_000),
      },
      { requiredKeys: [] },
    );
    const text = fc.subarray(['青石镇中学', '采购公告', '监控', '128排CT', '监理', '|']).map((some) => some.join(''));
    const notice = fc.tuple(text, fc.constantFrom('qufu' as const, 'zoucheng' as const), fc.boolean());
    let found = 0;
    fc.assert(
      fc.property(fc.array(filter, { maxLength: 30 }), notice, (filters, [text, county, coded]) => {
        const prospect = toNotice(text, { county, codes: coded ? ['SDGP-2026-0042'] : [] });
        const entries = filters.map((one, id) => ({ id: String(id), interest: toInterest(one as NoticeFilter) }));
        const expected = entries.filter(({ interest }) => isOfInterest(interest, prospect, NOW)).map(({ id }) => id);
        found += expected.length;
        expect(new InterestIndex(entries).find(prospect, NOW).sort()).toEqual(expected.sort());
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(50);
  });
});

describe('a filter for subscribing', () => {
  it('keeps what says which notices, and takes words to leave out', () => {
    const filter: NoticeFilter = {
      q: '监控',
      county: 'qufu',
      from: '2026-01-01',
      sort: 'amount',
      limit: 5,
      min: 100_00,
    };
    const kept = excludeWords(toSubscribable(filter), ' 监理、-造价 ');
    expect(kept).toEqual({ q: '监控 -监理 -造价', county: 'qufu', min: 100_00 });
    expect(new URLSearchParams(toFilterText(kept)).get('min')).toBe('100');
    expect(excludeWords({}, '监理')).toEqual({ q: '-监理' });
  });
});
