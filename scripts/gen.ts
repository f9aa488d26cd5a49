import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MIGRATIONS } from '#db/migrate.ts';
import { completeMigration, open } from './gen/complete.ts';
import { declaredStatements } from './gen/declared.ts';
import { describeDifferences, readShape } from './gen/shape.ts';
import { ROOT } from './launch/root.ts';

const BREAKPOINT = '--> statement-breakpoint';
/** Folder of the migrations; a test has one of its own. */
const folder = process.env.MIGRATIONS_DIR ?? MIGRATIONS;
const arguments_ = process.argv.slice(2);

const listTags = (): string[] => {
  const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string }[];
  };
  return journal.entries.map(({ tag }) => tag);
};
const pathOf = (tag: string) => join(folder, `${tag}.sql`);
const readStatements = (tag: string) =>
  readFileSync(pathOf(tag), 'utf8')
    .split(BREAKPOINT)
    .filter((statement) => statement.trim() !== '');

/** Lets Drizzle write a migration, or an empty one. Returns its tag; undefined when there is nothing to write. */
function draft(options: readonly string[]): string | undefined {
  const before = listTags();
  const kit = join(ROOT, 'node_modules/drizzle-kit/bin.cjs');
  const { status } = spawnSync(process.execPath, [kit, 'generate', '--config', 'db/drizzle.config.ts', ...options], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, MIGRATIONS_DIR: relative(ROOT, folder) },
  });
  if (status !== 0) process.exit(status ?? 1);
  return listTags().find((tag) => !before.includes(tag));
}

/**
 * The statements of a draft. Columns that it renames in a table that it makes anew are renamed first: there Drizzle only notes the
 * names, and copies columns that are not there.
 */
function readDraft(tag: string): string[] {
  const statements = readStatements(tag);
  const path = join(folder, `meta/${tag.slice(0, 4)}_snapshot.json`);
  const { _meta } = JSON.parse(readFileSync(path, 'utf8')) as { _meta: { columns: Record<string, string> } };
  const renames = Object.entries(_meta.columns).map(([from, to]) => {
    const [table, column] = to.split('.');
    return `ALTER TABLE ${table} RENAME COLUMN ${from.split('.')[1]} TO ${column}`;
  });
  const lost = renames.filter((rename) => !statements.some((one) => one.replaceAll('`', '"').includes(rename)));
  return [...statements, ...lost];
}

const before = listTags().flatMap(readStatements);
const declared = await declaredStatements();
const drafted = draft(arguments_);
const isCustom = arguments_.includes('--custom');
const statements = completeMigration({
  before: open(before),
  drafted: drafted && !isCustom ? readDraft(drafted) : [],
  declared,
});
if (statements.length === 0) {
  console.log(
    drafted ? `${drafted}.sql is empty: write it by hand.` : 'The migrations lead to the schema as it is declared.',
  );
} else {
  const tag = drafted ?? draft([...arguments_, '--custom']);
  if (!tag) throw new Error('drizzle-kit wrote no migration');
  const differences = describeDifferences(readShape(open([...before, ...statements])), readShape(open(declared)));
  if (differences.length > 0) throw new Error(differences.join('\n'));
  writeFileSync(
    pathOf(tag),
    `${statements.map((statement) => `${statement.trim().replace(/;$/, '')};`).join(`\n${BREAKPOINT}\n`)}\n`,
  );
  console.log(`${tag}.sql: ${statements.length} statements. Try it on data: tests/server/database.`);
}
// The generator compares with the newest state alone.
for (const path of globSync(join(folder, 'meta/*_snapshot.json')).sort().slice(0, -1)) rmSync(path);
