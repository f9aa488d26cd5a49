import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { type ParseWork, parseFragment } from '#src/formats/html.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';

/** A body of any length: something open, and a piece that is repeated inside it. */
interface Family {
  open: string;
  piece: (index: number) => string;
  close?: string;
}

const FAMILIES: Record<string, Family> = {
  'elements directly in a table': { open: '<table>', piece: () => '<i></i>' },
  'text directly in rows': { open: '<table>', piece: () => '<tr>x' },
  'paragraphs directly in a table': { open: '<table>', piece: () => '<p>x' },
  'paragraphs before and in a table': { open: `${'<p>'.repeat(9_000)}<table>`, piece: () => '<p>' },
  'tables directly in tables': { open: '', piece: () => '<table>x' },
  'formatting directly in cells': { open: '<table><tr>', piece: () => '<b>x<td>y</b>' },
  'formatting that ends in many blocks': {
    open: Array.from({ length: 150 }, (_, at) => `<b a=${at}>`).join(''),
    piece: () => '<p>x<br>',
    close: '</b>'.repeat(150),
  },
  'links in links': { open: '<a href=/>', piece: () => '<p>x<a href=/>y' },
  'attributes for the document': { open: '', piece: (at) => `<html a${at}=1>` },
  'attributes for the body': { open: '', piece: (at) => `<body a${at}=1>` },
  'attributes for one element': { open: '<p ', piece: (at) => `a${at} ` },
  'elements that go, in each other': { open: '<x-y>'.repeat(240), piece: () => '<br>x' },
  'ends of nothing': { open: '<div>'.repeat(240), piece: () => '</x></p>' },
  'styles that are nearly zero': { open: '', piece: () => `<i style="width:0.${'0'.repeat(3_900)}x">t</i>` },
  'items in deep blocks': { open: '<div>'.repeat(200), piece: () => '<li>x' },
};

const NAMES =
  'p div b i a font nobr table tr td caption li dd h2 form select option button svg math pre html body x-y'.split(' ');
const tag = fc
  .tuple(fc.constantFrom('<', '</'), fc.constantFrom(...NAMES), fc.constantFrom('', ' #=1'))
  .map(([start, name, attribute]) => `${start}${name}${start === '<' ? attribute : ''}>`);
const tags = fc.array(fc.oneof({ weight: 4, arbitrary: tag }, { weight: 1, arbitrary: fc.constant('x') }), {
  minLength: 1,
  maxLength: 4,
});
const family: fc.Arbitrary<Family> = fc.tuple(fc.constantFrom(1, 30), tags, tags).map(([depth, open, piece]) => ({
  open: open.join('').repeat(depth),
  piece: (index) => piece.join('').replaceAll('#', `a${index}`),
}));

const LENGTH = 60_000;

function make({ open, piece, close = '' }: Family, length: number): string {
  const parts = [open];
  for (let size = open.length, index = 0; size < length; index++) {
    const next = piece(index);
    parts.push(next);
    size += next.length;
  }
  return parts.join('') + close;
}

/** Processor time in ms, and why the body was refused. */
function measure(html: string): { cpu: number; refusal?: string } {
  const before = process.cpuUsage();
  let refusal: string | undefined;
  try {
    sanitizeBody(html);
  } catch (error) {
    if (!(error instanceof FeedFormatError)) throw error;
    refusal = error.message;
  }
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1_000, ...(refusal ? { refusal } : {}) };
}

/** How much more four times the length costs: 4 when every character costs the same, 16 when each costs as much as all before it. */
function growth(shape: Family): number {
  const [short, long] = [make(shape, LENGTH), make(shape, 4 * LENGTH)];
  let best = Number.POSITIVE_INFINITY;
  // The collector's work falls where it falls: only what stays is the body's own.
  for (let attempt = 0; attempt < 4 && best > 8; attempt++) {
    const base = Math.max(measure(short).cpu, 10);
    best = Math.min(best, measure(long).cpu / base);
  }
  return best;
}

describe('the work for a body grows with its length', () => {
  test.each(Object.entries(FAMILIES))('%s', (_name, shape) => {
    expect(growth(shape)).toBeLessThan(8);
  });

  test('whatever is repeated inside whatever is open', () => {
    fc.assert(
      fc.property(family, (shape) => {
        expect(growth(shape)).toBeLessThan(8);
      }),
      { numRuns: 25 },
    );
  });

  test('what would cost more is refused with its reason, after a bounded number of steps', () => {
    for (const name of [
      'elements directly in a table',
      'paragraphs directly in a table',
      'tables directly in tables',
    ]) {
      const work: ParseWork = { elements: 0, repairSteps: 0 };
      const html = make(FAMILIES[name] as Family, 1_000_000);
      expect(() => parseFragment(html, work)).toThrow('放错位置的内容过多');
      expect(work.repairSteps).toBeLessThan(10_100_000);
      expect(work.elements).toBeLessThan(20_000);
    }
  });

  test('a real table with a hundred misplaced lines is read', () => {
    const rows = `<tr><td>1</td></tr>说明<p>备注</p>`.repeat(100);
    expect(sanitizeBody(`<table>${rows}</table>`).text).toContain('备注');
  });
});
