import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { MIGRATIONS } from '#db/migrate.ts';
import { removeFolder } from './remove-folder.ts';

export const BREAKPOINT = '--> statement-breakpoint';

interface Journal {
  entries: { tag: string; when: number }[];
}

const JOURNAL = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as Journal;

/** The migrations in their order. */
export const TAGS: readonly string[] = JOURNAL.entries.map(({ tag }) => tag);
export const INSTANTS: readonly number[] = JOURNAL.entries.map(({ when }) => when);

export const readStatements = (tag: string): string[] =>
  readFileSync(join(MIGRATIONS, `${tag}.sql`), 'utf8').split(BREAKPOINT);

/** Names of tables and, as `table.column`, of columns that a migration changes, with what they are after it. */
export function listRenames(tag: string): Map<string, string> {
  return new Map(
    readStatements(tag).flatMap((statement): [string, string][] => {
      const [, table = '', from, to = ''] =
        /^\s*ALTER TABLE ["`](\w+)["`] RENAME (?:COLUMN ["`](\w+)["`] )?TO ["`](\w+)["`]/.exec(statement) ?? [];
      if (table === '' || table.startsWith('__new_')) return [];
      return [from ? [`${table}.${from}`, to] : [table, to]];
    }),
  );
}

/** A folder with the first `count` migrations, or with one more; the last of them with other statements where they are given. */
export function makeFolder(count: number, last?: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'tongming-migrations-'));
  onTestFinished(() => removeFolder(folder));
  const entries = JOURNAL.entries.slice(0, count);
  if (count > entries.length)
    entries.push({ ...JOURNAL.entries.at(-1), tag: 'one_more', when: Number.MAX_SAFE_INTEGER });
  mkdirSync(join(folder, 'meta'));
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...JOURNAL, entries }));
  for (const tag of TAGS.slice(0, count)) copyFileSync(join(MIGRATIONS, `${tag}.sql`), join(folder, `${tag}.sql`));
  if (last) writeFileSync(join(folder, `${entries.at(-1)?.tag}.sql`), last.join(BREAKPOINT));
  return folder;
}
