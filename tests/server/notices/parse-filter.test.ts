import { describe, expect, it } from 'vitest';
import { InputError } from '#src/domain/errors.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { listUrl } from '#src/domain/site/urls.ts';
import { parseNoticeFilter } from '#src/server/notices/parse-filter.ts';

const parse = (query: string, fixed?: Partial<NoticeFilter>) => parseNoticeFilter(new URLSearchParams(query), fixed);

/** Names of the parameters that a query is refused for. */
function faults(query: string, fixed?: Partial<NoticeFilter>): string[] {
  try {
    parse(query, fixed);
  } catch (error) {
    if (error instanceof InputError) return error.fields.map(({ name }) => name);
    throw error;
  }
  return [];
}

describe('parseNoticeFilter', () => {
  it('reads every parameter; amounts become fen', () => {
    expect(parse('category=land&county=qufu&min=5000000&max=20000000.5&status=open&limit=50&from=2026-01-01')).toEqual({
      category: 'land',
      county: 'qufu',
      min: 500_000_000,
      max: 2_000_000_050,
      status: 'open',
      limit: 50,
      from: '2026-01-01',
    });
  });

  it('takes blank values, as plain forms send them, for absent', () => {
    expect(parse('q=&from=&min=%20&category=')).toEqual({});
  });

  it.each([
    ['cattegory=land', ['cattegory']],
    ['category=lan', ['category']],
    ['county=qufu&county=zoucheng', ['county']],
    ['from=2026-02-30', ['from']],
    ['from=2026-03-01&to=2026-02-01', ['to']],
    ['min=10&max=9', ['max']],
    ['min=1e5', ['min']],
    ['status=opened&limit=201', ['status', 'limit']],
    ['x=1&y=2', ['x', 'y']],
    ['__proto__=1&constructor=2', ['__proto__', 'constructor']],
  ])('refuses %s naming the parameter', (query, names) => {
    expect(faults(query)).toEqual(names);
  });

  it('refuses to be told again what the path says', () => {
    expect(parse('county=qufu', { category: 'land' })).toEqual({ category: 'land', county: 'qufu' });
    expect(faults('category=medical', { category: 'land' })).toEqual(['category']);
  });

  it('reads back the address that a filter gives', () => {
    const filter = parse('min=5000000&max=20000000.5&status=open&buyer=%E6%9F%90%E5%8D%95%E4%BD%8D&sort=deadline');
    const [, query = ''] = listUrl(filter).split('?');
    expect(parse(query)).toEqual(filter);
  });
});
