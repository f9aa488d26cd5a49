import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** The numbers of docs/feeds.md#traps. */
const TRAPS = [...(readFileSync('docs/feeds.md', 'utf8').split('## Traps')[1] ?? '').matchAll(/^(\d+)\. /gm)].map(
  ([, number = '']) => number,
);
/** Real payloads, as their index numbers them. */
const SAMPLES = Array.from({ length: 12 }, (_, index) => String(index + 1));

/** Rows of a table under a heading of the README: cells as they stand. */
function readTable(heading: string): string[][] {
  const text = readFileSync('tests/fixtures/feeds/README.md', 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const lines = section.split('\n').filter((line) => /^\| \d+ \|/.test(line));
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
}

/** Whether the file has a test, or a group of tests, of exactly this title. */
function hasTest(file: string, title: string): boolean {
  const source = readFileSync(file, 'utf8');
  return [`'${title}'`, `"${title}"`, `\`${title}\``].some((literal) => source.includes(literal));
}

describe.each([
  ['Traps and their tests', TRAPS],
  ['Real payloads and their tests', SAMPLES],
])('%s', (heading, numbers) => {
  const rows = readTable(heading);

  test('each has at least one', () => {
    expect(numbers.length).toBeGreaterThan(10);
    const tested = new Set(rows.map(([number]) => number));
    expect(numbers.filter((number) => !tested.has(number))).toEqual([]);
  });

  test.each(rows.map((row) => row.slice(-2) as [file: string, title: string]))('%s: %s', (file, title) =>
    expect(hasTest(file, title)).toBe(true),
  );
});
