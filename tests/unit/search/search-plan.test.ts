import { describe, expect, test } from 'vitest';
import { toInitials, toPinyin } from '#src/domain/search/pinyin.ts';
import { planQuery } from '#src/domain/search/plan.ts';
import { parseQuery } from '#src/domain/search/query.ts';
import { parseSynonyms, spell, withSynonyms } from '#src/domain/search/synonyms.ts';
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
  test('radicals of copied texts and what nobody sees are folded', () => {
    expect(terms('⻥台县\u200b教\ufe0f体局')).toEqual(['鱼台县教体局']);
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

describe('synonyms', () => {
  test('short names become printed ones, longest first', () => {
    expect(spell('邹城教体局')).toEqual({
      texts: ['邹城教体局', '邹城教育和体育局'],
      rewritten: [{ from: '教体局', to: '教育和体育局' }],
    });
  });
  test('a printed name is left alone', () => {
    expect(spell('中医医院').rewritten).toEqual([]);
  });
  test('words of a group stand for each other', () => {
    expect(spell('电脑采购').texts).toContain('计算机采购');
    expect(spell('计算机采购').texts).toContain('电脑采购');
  });
  test.each([
    ['三标段', '3标段'],
    ['3标段', '三标段'],
    ['第十二标段', '第12标段'],
    ['2期', '二期'],
    ['二次', '2次'],
  ])('%s is %s as well', (typed, other) => {
    expect(spell(typed)).toEqual({ texts: [typed, other], rewritten: [] });
  });
  test('longer numbers, amounts and manners are no ordinals', () => {
    expect(spell('一批').texts).toEqual(['一批']);
    expect(spell('一次性').texts).toEqual(['一次性']);
    expect(spell('2023期').texts).toEqual(['2023期']);
  });
  test('operators add groups and one-way names', () => {
    const own = withSynonyms('# trade\n灯杆 路灯杆\n体中 > 体育中学 # one way\n');
    expect(spell('灯杆采购', own).texts).toEqual(['灯杆采购', '路灯杆采购']);
    expect(spell('体中', own).texts).toEqual(['体中', '体育中学']);
    expect(spell('体育中学', own).texts).toEqual(['体育中学']);
    expect(spell('教体局', own).texts).toContain('教育和体育局');
    expect(parseSynonyms('')).toEqual([]);
  });
});

describe('planQuery', () => {
  const levels = (raw: string) =>
    planQuery(parseQuery(raw)).levels.map(({ slots, without }) => [slots.map(({ text }) => text), without]);
  test('goes from the words as typed to what they are cut into', () => {
    expect(levels('邹城道路改造')).toEqual([
      [['邹城道路改造'], []],
      [['邹城', '道路', '改造'], []],
    ]);
  });
  test('words that say which part or stage may be missing, others not', () => {
    expect(levels('道路 三标段')).toEqual([
      [['道路', '三标段'], []],
      [['道路'], ['三标段']],
    ]);
    expect(levels('三标段')).toEqual([[['三标段'], []]]);
  });
  test('looks for what was typed and for the printed name at once', () => {
    const { levels: own, rewritten } = planQuery(parseQuery('教体局'));
    expect(rewritten).toHaveLength(1);
    expect(own[0]?.slots[0]?.texts).toEqual(['教体局', '教育和体育局']);
  });
  test('a quoted term is never cut and has no synonyms', () => {
    const { levels: own } = planQuery(parseQuery('"邹城教体局"'));
    expect(own.map(({ slots }) => slots.map(({ texts }) => texts))).toEqual([[['邹城教体局']]]);
  });
  test('a code is no three words', () => {
    expect(levels('JNZC-2026-65')).toEqual([[['jnzc-2026-65'], []]]);
  });
  test('a question is long, a short query is not', () => {
    expect(planQuery(parseQuery('航空母舰采购')).long).toBe(false);
    expect(planQuery(parseQuery('哪里有幼儿园新建工程的招标')).long).toBe(true);
  });
});

test('pinyin and initials', () => {
  expect(toPinyin('监控')).toBe('jiankong');
  expect(toInitials('济宁市')).toBe('jns');
});
