import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worstQueries } from '#scripts/bench/loop/worst-queries.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import { findExcess, formatQuery, limitQuery, MOST } from '#src/domain/search/limits.ts';
import { planQuery } from '#src/domain/search/plan.ts';
import { parseQuery } from '#src/domain/search/query.ts';
import { splitRuns } from '#src/domain/search/text.ts';

const limited = (raw: string) => limitQuery(parseQuery(raw));
const words = (count: number, prefix = '') =>
  Array.from(
    { length: count },
    (_, index) => `${prefix}词${'甲乙丙丁戊己庚辛壬癸'[index % 10]}${'子丑寅'[Math.floor(index / 10)]}`,
  );

describe('limitQuery', () => {
  test('leaves what a person types as it is', () => {
    for (const raw of ['改造 -道路 "老旧 小区"', 'SDGP3708 2020 02 0001', '128排CT 采购', '公告']) {
      expect(limited(raw)).toEqual({ query: parseQuery(raw), omitted: [] });
    }
  });

  test('looks for every part once', () => {
    const { query, omitted } = limited('工程 工程 招标 工程 -道路 -道路 招标');
    expect(query.terms.map(({ text }) => text)).toEqual(['工程', '招标']);
    expect([query.excluded, omitted]).toEqual([['道路'], []]);
  });

  test('a code typed with blanks keeps its pieces, repeated ones too', () => {
    expect(limited('3708 0001 0001 2020').query.codes[0]?.compact).toBe('3708000100012020');
  });

  test('names every part beyond the limits', () => {
    expect(limited(words(MOST.terms + 2).join(' ')).omitted).toEqual(words(MOST.terms + 2).slice(MOST.terms));
    const excluded = limited(`工程 ${words(MOST.excluded + 1, '-').join(' ')}`);
    expect([excluded.query.excluded.length, excluded.omitted]).toEqual([
      MOST.excluded,
      words(MOST.excluded + 1, '-').slice(MOST.excluded),
    ]);
    const codes = Array.from({ length: MOST.codes + 2 }, (_, index) => `zb${2000 + index}`);
    expect(limited(`老旧小区 ${codes.join(' ')}`).omitted).toEqual(codes.slice(MOST.codes));
    expect(findExcess(`老旧小区 ${codes.join(' ')}`)).toContain(codes.at(-1));
    expect(findExcess('老旧小区 改造')).toBeUndefined();
  });

  test('the worst queries: parts, steps and phrases stay bounded, and what is kept is read the same again', () => {
    fc.assert(
      fc.property(worstQueries(), (raw) => {
        const { query, omitted } = limited(raw);
        expect(query.terms.length).toBeLessThanOrEqual(MOST.terms);
        expect(query.excluded.length).toBeLessThanOrEqual(MOST.excluded);
        const text = formatQuery(query);
        const parts = ({ terms, excluded }: Pick<typeof query, 'terms' | 'excluded'>) => [
          ...terms.map((term) => `${term.kind} ${key(term.text)}`),
          ...excluded.map((each) => `-${key(each)}`),
        ];
        expect(parts(parseQuery(text))).toEqual(parts(query));
        expect(limited(text).omitted).toEqual([]);
        if (omitted.length > 0) expect(findExcess(raw)).toContain(omitted[0]);
        const { levels } = planQuery(query, { namesOf: (text) => [`${text}一`, `${text}二`, `${text}三`] });
        expect(levels.length).toBeLessThanOrEqual(3);
        for (const { alternatives } of levels.flatMap(({ slots }) => slots))
          expect(alternatives.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});

const key = (text: string) =>
  splitRuns(normaliseText(text))
    .map(({ chars }) => chars.join(''))
    .join(' ');
