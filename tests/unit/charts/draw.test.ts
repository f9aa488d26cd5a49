import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Element } from 'hast';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { CHART_KINDS, type Chart } from '#src/charts/chart.ts';
import { drawChart, toMarkup } from '#src/charts/draw.ts';
import { SERIES_COLOURS, toPicture } from '#src/charts/standalone.ts';

const chart = (over: Partial<Chart> = {}): Chart => ({
  kind: 'bar',
  id: 'sample',
  title: '2020 年政府采购公告最多，占 35.1%',
  description: '2020 年发布的公告，按类别。',
  heading: '类别',
  unit: '条',
  labels: ['工程建设', '政府采购'],
  series: [
    {
      label: '公告',
      cells: [
        { value: 1748, text: '1,748', href: '/notices/construction?from=2020-01-01' },
        { value: 1820, text: '1,820', href: '/notices/procurement?from=2020-01-01' },
      ],
    },
  ],
  ...over,
});

/** Elements of a tree, by name. */
function find(element: Element, tagName: string): Element[] {
  const inner = element.children.flatMap((child) => (child.type === 'element' ? find(child, tagName) : []));
  return element.tagName === tagName ? [element, ...inner] : inner;
}

const barsOf = (svg: Element) =>
  find(svg, 'rect').filter(({ properties }) => (properties.className as string[]).includes('fill'));

test('pictures have the colours of the pages', () => {
  const tokens = readFileSync(join(import.meta.dirname, '../../../src/styles/tokens.css'), 'utf8');
  const colours = SERIES_COLOURS.map((_, index) => new RegExp(`--series-${index}: (#[0-9a-f]{6})`).exec(tokens)?.[1]);
  expect(colours).toEqual([...SERIES_COLOURS]);
});

test('a picture is well-formed XML with resolved colours, whatever its texts are', () => {
  const svg = toPicture({ ...chart(), title: '<甲> & "乙"', labels: ['<a>', '&'] }, '来源 <x>');
  const parser = new SaxesParser();
  const faults: string[] = [];
  parser.on('error', ({ message }) => faults.push(message));
  parser.write(svg).close();
  expect(faults).toEqual([]);
  expect(svg).not.toContain('var(--');
});

describe('a chart', () => {
  test('is titled by its finding, described, and its bars open their rows', () => {
    const markup = toMarkup(drawChart(chart(), 'wide'));
    expect(markup).toContain('role="group" aria-labelledby="sample-wide-title sample-wide-description"');
    expect(markup).toContain('<title id="sample-wide-title">2020 年政府采购公告最多，占 35.1%</title>');
    expect(markup).toContain('<a href="/notices/construction?from=2020-01-01" aria-label="工程建设：1,748，查看明细">');
    expect(markup).not.toMatch(/ style=|<style/);
  });

  test('has bars as long as their figures', () => {
    const [one, other] = barsOf(drawChart(chart(), 'wide')).map(({ properties }) => Number(properties.width));
    expect((one ?? 0) / (other ?? 1)).toBeCloseTo(1748 / 1820, 3);
  });

  test('stacks the parts of a label one after the other, with their sum at the end', () => {
    const [cells] = chart().series.map((series) => series.cells);
    const stacked = chart({ kind: 'stack', series: ['甲', '乙'].map((label) => ({ label, cells: cells ?? [] })) });
    const svg = drawChart(stacked, 'wide');
    const [first, second] = barsOf(svg).filter(({ properties }) => (properties.className as string[]).includes('part'));
    const end = Number(first?.properties.x) + Number(first?.properties.width);
    expect(Number(second?.properties.x)).toBeCloseTo(end, 1);
    expect(toMarkup(svg)).toContain('3,496');
  });

  test('draws nothing for a figure that there is not, and interrupts its line', () => {
    const cells = [1, null, 3, 4].map((value) => ({ value, text: String(value) }));
    const svg = drawChart(
      chart({ kind: 'line', labels: ['a', 'b', 'c', 'd'], series: [{ label: '甲', cells }] }),
      'narrow',
    );
    const path = find(svg, 'path').find(({ properties }) => (properties.className as string[]).includes('stroke'));
    expect(String(path?.properties.d).match(/M/g)).toHaveLength(2);
    expect(find(svg, 'path').filter(({ properties }) => 'transform' in properties)).toHaveLength(3);
  });

  test('leaves links to the table where there are too many', () => {
    const labels = Array.from({ length: 41 }, (_, at) => `${at}`);
    const cells = labels.map((text) => ({ value: 1, text, href: `/${text}` }));
    const svg = drawChart(chart({ labels, series: [{ label: '甲', cells }] }), 'wide');
    expect(find(svg, 'a')).toEqual([]);
    expect(svg.properties.role).toBe('img');
  });

  test('takes any figures and any texts: every number drawn is a number, and texts stay texts', () => {
    const cell = fc.record({
      value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })),
      text: fc.string(),
      href: fc.option(fc.webPath(), { nil: undefined }),
    });
    const figures = fc.array(fc.tuple(fc.string(), cell, cell), { maxLength: 30 });
    fc.assert(
      fc.property(figures, fc.constantFrom(...CHART_KINDS), fc.constantFrom('wide', 'narrow'), (rows, kind, size) => {
        const series = [1, 2].map((at) => ({ label: `<${at}>`, cells: rows.map((row) => row[at as 1 | 2]) }));
        const markup = toMarkup(drawChart(chart({ kind, labels: rows.map(([label]) => label), series }), size));
        expect(markup).not.toMatch(/(?:x|y|width|height|d|cx|x1|transform)="[^"]*(?:NaN|Infinity|undefined)/);
        expect(markup).not.toContain('><1>');
      }),
      { numRuns: 200 },
    );
  });
});
