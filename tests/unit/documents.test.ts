import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeDataModel } from '#scripts/docs/data-model.ts';
import { environmentSchema } from '#src/server/config.ts';
import packageJson from '../../package.json' with { type: 'json' };

/** Names of books that lie outside the repository, sections without the name of a standard, and documents that are not there. */
const OUTSIDE = [
  /\b(?:domain|feeds?|reliability|design|features|search|stack(?:-next)?|names|reading) (?:reference|README|book|notes)\b/i,
  /(?<!RFC \d{4} |RFC \d{4}, )§/,
  /\bDS2\b/,
];

/** What a text says of books: sayings that are none of the repository, of a standard or of a law. */
function citesOutside(text: string): string[] {
  const sayings = OUTSIDE.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
  const documents = [...text.matchAll(/(?<![\w/.-])[\w./-]+\.md\b(?:#([\w-]+))?/g)];
  const lost = documents
    .filter(([name, section]) => !hasSection(name.split('#')[0] ?? '', section))
    .map(([name]) => name);
  return [...sayings, ...lost];
}

/** Whether a document of the repository is there and, when a section is named, has a heading with that anchor. */
function hasSection(path: string, section: string | undefined): boolean {
  if (!existsSync(path)) return false;
  const headings = [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => toAnchor(heading));
  return !section || headings.includes(section);
}

const toAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

/** First cells of the rows of the tables below a heading of a document, split at commas, without marks. */
function firstCells(path: string, heading: string): string[] {
  const section =
    readFileSync(path, 'utf8')
      .split(/^#+ /m)
      .find((part) => part.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => /^\| `/.test(line));
  return rows.flatMap((row) =>
    [...(row.split(/(?<!\\)\|/)[1] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
  );
}

describe('the documents', () => {
  it('list every environment variable and no other', () => {
    expect(firstCells('docs/configuration.md', 'Configuration').sort()).toEqual(
      Object.keys(environmentSchema.shape).sort(),
    );
  });

  it('say of every dependency what it is for', () => {
    const { dependencies, devDependencies, optionalDependencies } = packageJson;
    const named = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(firstCells('docs/dependencies.md', 'Dependencies').sort()).toEqual(
      named.filter((name) => !name.startsWith('@types/')).sort(),
    );
  });

  it('list every command and no other', () => {
    const cells = firstCells('docs/operations.md', 'Commands');
    const commands = cells.map((cell) => /^npm (?:run )?([\w:]+)/.exec(cell)?.[1] ?? cell);
    const own = Object.keys(packageJson.scripts).filter((name) => name !== 'demo:feeds');
    expect([...new Set(commands)].sort()).toEqual(own.sort());
  });

  it('describe the data model as the schema has it: npm run docs makes it anew', () => {
    expect(readFileSync('docs/data-model.md', 'utf8')).toBe(describeDataModel());
  });

  it('lead to documents and files that are there', () => {
    const paths = ['README.md', ...globSync('docs/**/*.md')];
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) {
      const text = readFileSync(path, 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
      const named = [...text.matchAll(/`((?:src|db|scripts|tests)\/[\w./-]+\.(?:ts|mjs|astro))`/g)];
      for (const link of links) expect(existsSync(join(dirname(path), link)), `${path}: ${link}`).toBe(true);
      for (const [, file = ''] of named) expect(existsSync(file), `${path}: ${file}`).toBe(true);
    }
  });

  it('and the law are all that comments cite', () => {
    const sources = globSync([
      '{src,db,scripts,tests}/**/*.{ts,tsx,astro,mjs,css}',
      'db/migrations/*.sql',
      '*.{ts,mjs}',
    ]);
    expect(sources.length).toBeGreaterThan(900);
    const own = 'tests/unit/documents.test.ts';
    const outside = sources
      .filter((path) => path !== own)
      .flatMap((path) => citesOutside(readFileSync(path, 'utf8')).map((cited) => `${path}: ${cited}`));
    expect(outside).toEqual([]);
  });

  it.each([
    ['/** Rules of domain reference §1.7. */', 2],
    ['(feeds README, trap 23)', 1],
    ['// the policy of reliability.md', 1],
    ['docs/feeds.md#no-such-section', 1],
    ['docs/lost.md', 1],
    ['docs/feeds.md#jining-until-2024, RFC 9110 §13.1.2', 0],
  ])('tell a book that readers do not have: %s', (comment, count) => expect(citesOutside(comment)).toHaveLength(count));

  it('fit on two screens where everybody begins', () => {
    expect(readFileSync('README.md', 'utf8').split('\n').length).toBeLessThanOrEqual(120);
  });
});
