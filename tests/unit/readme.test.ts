import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '#src/server/config.ts';
import packageJson from '../../package.json' with { type: 'json' };

const README = readFileSync('README.md', 'utf8');

/** First cells of the rows of a section's tables, split at commas, without marks. */
function firstCells(heading: string): string[] {
  const section = README.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => /^\| `/.test(line));
  return rows.flatMap((row) =>
    [...(row.split(/(?<!\\)\|/)[1] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
  );
}

describe('README', () => {
  it('lists every environment variable and no other', () => {
    expect(firstCells('Configuration').sort()).toEqual(Object.keys(environmentSchema.shape).sort());
  });

  it('says of every dependency what it is for', () => {
    const { dependencies, devDependencies, optionalDependencies } = packageJson;
    const named = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(firstCells('Dependencies').sort()).toEqual(named.filter((name) => !name.startsWith('@types/')).sort());
  });

  it('lists every command and no other', () => {
    const commands = firstCells('Commands').map((cell) => /^npm (?:run )?([\w:]+)/.exec(cell)?.[1] ?? cell);
    const own = Object.keys(packageJson.scripts).filter((name) => name !== 'demo:feeds');
    expect([...new Set(commands)].sort()).toEqual(own.sort());
  });
});
