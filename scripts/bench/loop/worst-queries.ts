import fc from 'fast-check';

/** Words that stand in almost every notice: looking for them reads the most. */
const FREQUENT =
  '公告 工程 招标 采购 公司 济宁 项目 有限公司 山东 投标 服务 改造 道路 县 市 区 镇 街道 中标 结果'.split(' ');
const LONGEST = 200;

const frequent = fc.constantFrom(...FREQUENT);
const han = fc.constantFrom(...new Set(FREQUENT.join('')));
const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 4, maxLength: 8 });
/** Beginnings of very many codes. */
const code = fc.oneof(fc.constantFrom('3708', '0002', '2020', '2021', '0200', 'JNZB', 'SDGP3708', '1100'), digits);
const excluded = fc.oneof(frequent, han, digits).map((text) => `-${text}`);
const quoted = fc.oneof(
  frequent.map((text) => `"${text}"`),
  fc.array(frequent, { minLength: 2, maxLength: 4 }).map((parts) => `“${parts.join(' ')}”`),
  fc.constantFrom('"', '“', '"" ', '「」'),
);
const letters = fc.constantFrom('gongcheng', 'zhaobiao', 'a', 'ab', 'gsgg', 'daolugaizao', 'x'.repeat(60));
const many = (part: fc.Arbitrary<string>, separator = ' ') =>
  fc.array(part, { minLength: 8, maxLength: 100 }).map((parts) => parts.join(separator));

/**
 * Queries of up to 200 characters that cost the most: many codes, exclusions, single characters, frequent words, long Han
 * texts, one character over and over, digits, quotes, letters that may be pinyin, and all of it together.
 */
export function worstQueries(): fc.Arbitrary<string> {
  return fc
    .oneof(
      many(code),
      fc.tuple(frequent, many(code)).map((parts) => parts.join(' ')),
      fc.tuple(frequent, many(excluded)).map((parts) => parts.join(' ')),
      many(han),
      many(frequent),
      many(frequent, ''),
      fc.tuple(han, fc.constantFrom('', ' ', ',', '"')).map(([char, gap]) => (char + gap).repeat(LONGEST)),
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 100, maxLength: LONGEST }),
      many(quoted),
      many(letters),
      many(letters, ''),
      many(fc.oneof(frequent, han, code, excluded, quoted, letters)),
    )
    .map((text) => text.slice(0, LONGEST));
}

/** The same so many queries for the same seed. */
export const sampleWorstQueries = (count: number, seed: number): string[] =>
  fc.sample(worstQueries(), { numRuns: count, seed });
