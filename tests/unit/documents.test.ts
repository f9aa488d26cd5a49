import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeDataModel } from '#scripts/docs/data-model.ts';
import { environmentSchema } from '#src/server/config.ts';
import packageJson from '../../package.json' with { type: 'json' };

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

  it('fit on two screens where everybody begins', () => {
    expect(readFileSync('README.md', 'utf8').split('\n').length).toBeLessThanOrEqual(120);
  });
});
