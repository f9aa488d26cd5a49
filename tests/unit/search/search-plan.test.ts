import { describe, expect, test } from 'vitest';
import { rewriteAliases } from '#src/domain/search/aliases.ts';
import { toInitials, toPinyin } from '#src/domain/search/pinyin.ts';
import { planQuery } from '#src/domain/search/plan.ts';
import { parseQuery } from '#src/domain/search/query.ts';
import { isQuestion, splitWords } from '#src/domain/search/words.ts';

const terms = (raw: string) => parseQuery(raw).terms.map(({ text }) => text);
const codes = (raw: string) => parseQuery(raw).codes.map(({ compact }) => compact);

describe('parseQuery', () => {
  test('blanks and commas separate words', () => {
    expect(terms('招商　公司，监控')).toEqual(['招商', '公司', '监控']);
  });
  test('quotes of every kind are phrases', () => {
    for (const raw of ['"道路 改造"', '“道路 改造”', '「道路 改造」', '『道路 改造』']) {
      expect(parseQuery(raw).terms).toEqual([{ text: '道路 改造', kind: 'phrase' }]);
    }
  });
  test('a quotation mark without a partner is ignored', () => {
    expect(terms('"道路')).toEqual(['道路']);
  });
  test('a leading minus excludes, a hyphen inside does not', () => {
    expect(parseQuery('改造 -道路 －"老旧 小区"')).toMatchObject({
      terms: [{ text: '改造' }],
      excluded: ['道路', '老旧 小区'],
    });
    expect(parseQuery('-道路 改造')).toMatchObject({ terms: [{ text: '改造' }], excluded: ['道路'] });
    expect(terms('ABCD-2020-0153')).toEqual(['abcd-2020-0153']);
  });
  test('traditional characters become simplified', () => {
    expect(terms('農業發展')).toEqual(['农业发展']);
  });
  test('labels of codes are dropped', () => {
    expect(terms('项目编号：SDGP370800202000153')).toEqual(['sdgp370800202000153']);
  });
  test.each([
    ['ABCD-2020-0153', 'ABCD20200153'],
    ['abcd 2020 0153', 'ABCD20200153'],
    ['ＡＢＣＤ２０２００１５３', 'ABCD20200153'],
    ['济自规告字〔2020〕12号', '济自规告字202012号'],
    ['202000153', '202000153'],
  ])('%s may be the code %s', (raw, compact) => {
    expect(codes(raw)).toContain(compact);
  });
  test('a year alone and plain words are no codes', () => {
    expect(codes('2020')).toEqual([]);
    expect(codes('道路 改造')).toEqual([]);
  });
  test('nothing but signs is nothing', () => {
    expect(parseQuery('--- “” !!')).toEqual({ terms: [], excluded: [], codes: [] });
  });
});

describe('splitWords', () => {
  test('keeps county names and words of the trade whole', () => {
    expect(splitWords('邹城道路改造')).toEqual(['邹城', '道路', '改造']);
    expect(splitWords('嘉祥县核磁共振')).toEqual(['嘉祥县', '核磁共振']);
  });
  test('leaves the words of a question out', () => {
    expect(splitWords('汶上县哪个单位在采购植保无人机')).toEqual(['汶上县', '采购', '植保', '无人机']);
    expect(isQuestion('最近有没有核磁共振')).toBe(true);
    expect(isQuestion('道路改造')).toBe(false);
  });
  test('a question of nothing but question words stays', () => {
    expect(splitWords('有没有')).toEqual(['有没有']);
  });
});

describe('aliases', () => {
  test('short names become printed ones, longest first', () => {
    expect(rewriteAliases('邹城教体局')).toEqual({
      text: '邹城教育和体育局',
      rewritten: [{ from: '教体局', to: '教育和体育局' }],
    });
    expect(rewriteAliases('土地出让').text).toBe('国有建设用地使用权出让');
  });
  test('a printed name is left alone', () => {
    expect(rewriteAliases('中医医院').rewritten).toEqual([]);
  });
});

describe('planQuery', () => {
  test('goes from exact pieces in the head to words anywhere', () => {
    const { steps } = planQuery(parseQuery('邹城道路改造'));
    expect(steps.map(({ scope, phrases }) => [scope, phrases.length])).toEqual([
      ['head', 1],
      ['head', 3],
      ['all', 1],
      ['all', 3],
    ]);
  });
  test('reads as typed first and with printed names second', () => {
    const { steps, rewritten } = planQuery(parseQuery('教体局'));
    expect(rewritten).toHaveLength(1);
    expect(steps[0]?.phrases[0]?.words.length).toBeLessThan(steps[1]?.phrases[0]?.words.length ?? 0);
  });
  test('a quoted term is never cut', () => {
    expect(planQuery(parseQuery('"邹城道路改造"')).steps.every(({ phrases }) => phrases.length === 1)).toBe(true);
  });
  test('sentences may be loosened, short queries may not', () => {
    expect(planQuery(parseQuery('航空母舰采购')).long).toBe(false);
    expect(planQuery(parseQuery('哪里有幼儿园新建工程的招标')).long).toBe(true);
  });
});

test('pinyin and initials', () => {
  expect(toPinyin('监控')).toBe('jiankong');
  expect(toInitials('济宁市')).toBe('jns');
});
