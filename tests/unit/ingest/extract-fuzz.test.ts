import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { anchorSpans, listSpans } from '#src/domain/facts/fact-anchors.ts';
import { countCharacters } from '#src/domain/facts/fact-evidence.ts';
import type { Facts, FactValue } from '#src/domain/facts/facts.ts';
import { stagesOf } from '#src/domain/stages.ts';
import { extractFacts } from '#src/publish/facts/extract.ts';
import { FACT_LABELS } from '#src/publish/facts/vocabulary/vocabulary.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';

const WORDS = FACT_LABELS.flatMap(({ words }) => words?.split(' ') ?? []);
const VALUES = [
  '50万元',
  '￥1,127,000.00',
  '人民币伍拾万元整（￥500000.00）',
  '下浮率 12.5%',
  '2026年4月1日9时30分',
  '2026-03-17 08:30至2026-03-24 17:00',
  '泗滨岚街道办事处',
  '微湖棹建设工程有限公司、古运笙园林绿化有限公司（联合体成员）',
  'JN-2026-0001',
  '52928.04平方米',
  '第一中标候选人',
  '详见附件',
  '／',
  '',
];

const kind = fc.constantFrom(
  ...CATEGORY_SLUGS.flatMap((category) => stagesOf(category).map((stage) => ({ category, stage }))),
);
/** Words as notices have them, and words that nobody expects. */
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 4, arbitrary: fc.constantFrom(...VALUES) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '：',
      ':',
      '；',
      '、',
      '（',
      '）',
      '一、',
      '1.',
      '变更为',
      '原',
      '包1',
      '单位：万元',
      '<',
      '&',
      '\u3000',
      '\u200b',
      '<br>',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
);
const phrase = fc.array(word, { maxLength: 6 }).map((words) => words.join(''));
const line = phrase.map((text) => `<p>${text}</p>`);
const cell = fc
  .tuple(phrase, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .map(([text, across, down]) => `<td colspan="${across}" rowspan="${down}">${text}</td>`);
const table = fc
  .array(fc.array(cell, { maxLength: 6 }), { maxLength: 6 })
  .map((rows) => `<table>${rows.map((cells) => `<tr>${cells.join('')}</tr>`).join('')}</table>`);
const nested = table.map((inner) => `<table><tr><td>${inner}</td><td>甲</td></tr></table>`);
const body = fc.array(fc.oneof(line, line, table, nested, phrase), { maxLength: 12 }).map((parts) => parts.join(''));
const fields = fc.dictionary(fc.constantFrom(...WORDS), phrase, { maxKeys: 5 });

const valuesOf = (facts: Facts): FactValue[] =>
  Object.values(facts).flatMap((fact: FactValue) => [fact, ...(fact.entries ?? []).flatMap(Object.values)]);

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&#x([0-9A-F]+);/g, (_all, code) => String.fromCodePoint(Number.parseInt(code, 16)));

describe('whatever a body holds', () => {
  test('places lie inside it, and words stand there', () => {
    fc.assert(
      fc.property(body, kind, fields, (raw, { category, stage }, given) => {
        const { html } = sanitizeBody(raw);
        const spans = listSpans(extractFacts({ html, category, stage, fields: given }));
        const length = countCharacters(textOf(html));
        const { anchorOf, html: anchored } = anchorSpans(html, spans);
        for (const span of spans) {
          expect(span[0]).toBeGreaterThanOrEqual(0);
          expect(span[0]).toBeLessThan(span[1]);
          expect(span[1]).toBeLessThanOrEqual(length);
          expect(anchored).toContain(`id="${anchorOf(span)}"`);
        }
        expect(textOf(anchored)).toBe(textOf(html));
      }),
      { numRuns: 400 },
    );
  });

  test('a doubtful value or another kind of price has no figure, and figures are whole and positive', () => {
    fc.assert(
      fc.property(body, kind, fields, (raw, { category, stage }, given) => {
        const facts = extractFacts({ html: sanitizeBody(raw).html, category, stage, fields: given });
        for (const { text, fen, squareMetres, instant, doubt, form } of valuesOf(facts)) {
          expect(text.trim()).not.toBe('');
          if (doubt || form) expect([fen, squareMetres, instant]).toEqual([undefined, undefined, undefined]);
          if (fen !== undefined) expect(Number.isSafeInteger(fen) && fen > 0).toBe(true);
          if (squareMetres !== undefined) expect(squareMetres).toBeGreaterThan(0);
          if (instant !== undefined) expect(new Date(instant).toISOString()).toBe(instant);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('the same content is read the same again', () => {
    fc.assert(
      fc.property(body, kind, fields, (raw, { category, stage }, given) => {
        const input = { html: sanitizeBody(raw).html, category, stage, fields: given };
        expect(extractFacts(input)).toEqual(extractFacts(structuredClone(input)));
      }),
      { numRuns: 100 },
    );
  });
});
