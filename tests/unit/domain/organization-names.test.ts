import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayName, isDisguised, isSameName, nameKey } from '#src/domain/organizations/name-key.ts';

const PLACES = ['济宁市', '济宁', '任城区', '兖州区', '曲阜市', '邹城市', '邹城', '山东省', '山东', '梁山县'];
const WORDS = '鼎新鑫源泰和瑞丰恒信华安嘉诚国盛永昌聚能博远启明宏图'.match(/../gu) ?? [];
const TRADES = ['建设', '建设工程', '建筑', '工程', '医疗器械', '科技', '信息技术', '环保', '园林绿化', '物业服务'];
const FORMS = ['有限公司', '有限责任公司', '股份有限公司', '集团有限公司', '（集团）有限公司'];

/** Ten thousand names that differ in one part only from many others. */
function nearNames(): string[] {
  return PLACES.flatMap((place) =>
    WORDS.flatMap((word) => TRADES.flatMap((trade) => FORMS.map((form) => `${place}${word}${trade}${form}`))),
  ).flatMap((name) => [name, name.replace(/(..)(?=有限|股份|（)/u, '$1二')]);
}

const UNSEEN = [
  '\u200b',
  '\u200c',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\ufe00',
  '\u{e0101}',
  '\u202e',
  '\u061c',
  '\u034f',
  '\u0336',
];

/** Ways to write a name so that it looks the same to a reader. */
const DISGUISES: Record<string, (name: string, at: number) => string> = {
  unseen: (name, at) => name.slice(0, at) + (UNSEEN[at % UNSEEN.length] ?? '') + name.slice(at),
  blanks: (name, at) => `${name.slice(0, at)}${[' ', '\u3000', '\u00a0', '\t'][at % 4]}${name.slice(at)}`,
  fullWidth: (name) => name.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
  brackets: (name, at) => {
    const [open = '(', close = ')'] = ['()', '〔〕', '[]', '［］', '【】', '﹙﹚'][at % 6] ?? '()';
    return name.replace('（', open).replace('）', close);
  },
  cyrillic: (name) => name.replace('A', 'А').replace('B', 'В').replace('C', 'С'),
  greek: (name) => name.replace('A', 'Α').replace('B', 'Β'),
  lowerCase: (name) => name.toLowerCase(),
  traditional: (name) =>
    name
      .replace('济', '濟')
      .replace('宁', '寧')
      .replace('团', '團')
      .replace('设', '設')
      .replace('东', '東')
      .replace('华', '華'),
  radicals: (name) =>
    name.replace('长', '⻓').replace('门', '⻔').replace('山', '⼭').replace('工', 'エ').replace('力', 'カ'),
  dots: (name, at) => `${name.slice(0, at)}${'·•‧・.'[at % 5]}${name.slice(at)}`,
};

describe('name key', () => {
  test.each([
    ['济宁鼎新（集团）有限公司', '济宁鼎新(集团)有限公司'],
    ['濟寧鼎新建設有限公司', '济宁鼎新建设有限公司'],
    ['⼭东⻓⻰科技有限公司', '山东长龙科技有限公司'],
    ['АВС（济宁）有限公司', 'abc(济宁)有限公司'],
    ['···', ''],
    ['', ''],
  ])('%s → %s', (name, key) => {
    expect(nameKey(name)).toBe(key);
  });

  test('is the key of itself', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => nameKey(nameKey(name)) === nameKey(name)));
  });

  test('at least 99 of 100 disguised names are found again', () => {
    const names = nearNames()
      .filter((_, index) => index % 97 === 0)
      .map((name) => name.replace(/有限/u, 'ABC有限'));
    const tried = names.flatMap((name, at) =>
      Object.values(DISGUISES).map((disguise) => [name, disguise(name, 1 + (at % (name.length - 1)))] as const),
    );
    const found = tried.filter(([name, disguised]) => isSameName(name, disguised));
    expect(tried.length).toBeGreaterThan(500);
    expect(tried.filter(([name, disguised]) => name !== disguised).length).toBeGreaterThan(400);
    expect(found.length / tried.length).toBeGreaterThanOrEqual(0.99);
  });

  test('no two of ten thousand near names share a key', () => {
    const names = new Set(nearNames());
    expect(names.size).toBeGreaterThanOrEqual(10_000);
    expect(new Set([...names].map(nameKey)).size).toBe(names.size);
  });

  test.each([
    ['济宁市鼎新有限公司', '济宁鼎新有限公司'],
    ['济宁鼎新有限公司', '济宁鼎新有限责任公司'],
    ['济宁鼎新（曲阜）有限公司', '济宁鼎新（邹城）有限公司'],
    ['济宁鼎新有限公司', '济宁鼎新有限公司第一分公司'],
    ['济宁恒士建材有限公司', '济宁恒土建材有限公司'],
    ['', ''],
  ])('%s is not %s', (a, b) => {
    expect(isSameName(a, b)).toBe(false);
  });
});

test('a disguise is told from an ordinary way of writing', () => {
  for (const name of ['济宁\u200b鼎新有限公司', 'АВС科技有限公司', '⻓龙建设有限公司'])
    expect(isDisguised(name)).toBe(true);
  for (const name of ['济宁鼎新(集团)有限公司', 'ＡＢＣ科技有限公司', '濟寧鼎新有限公司'])
    expect(isDisguised(name)).toBe(false);
});

test('a name is shown with full-width brackets and without stray blanks', () => {
  expect(displayName(' 济宁 鼎新(集团)\u200b有限公司 ')).toBe('济宁鼎新（集团）有限公司');
  expect(displayName('Alpha  Beta Co.')).toBe('Alpha Beta Co.');
});
