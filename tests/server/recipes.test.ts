import { type ExecFileException, execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '#scripts/launch/root.ts';
import { type Edit, follow, readOwn, readRecipe } from '../support/recipe.ts';
import { TypedProject } from '../support/type-overlay.ts';

/** Follows the recipes of CONTRIBUTING to the letter, in the compiler's eyes and in a copy of the repository. */
const DOCUMENT = readFileSync(join(ROOT, 'docs/CONTRIBUTING.md'), 'utf8');
const RECIPES = {
  filter: readRecipe(DOCUMENT, 'Add a filter of lists'),
  stage: readRecipe(DOCUMENT, 'Add a stage'),
  page: readRecipe(DOCUMENT, 'Add a page'),
  endpoint: readRecipe(DOCUMENT, 'Add an address to the API'),
  table: readRecipe(DOCUMENT, 'Add a table'),
  message: readRecipe(DOCUMENT, 'Add a kind of message'),
};
const EVERY = Object.values(RECIPES).flat();
const COPIED = [
  'src',
  'db',
  'scripts',
  'public',
  'tests/support',
  'tests/unit/routes.test.ts',
  'package.json',
  'tsconfig.json',
  'astro.config.mjs',
  'vitest.config.ts',
];

let folder: string;

/** Runs a program on this Node in the copy; what it printed, whatever it ended with. */
function run(...parameters: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const done = (error: ExecFileException | null, output: string, faults: string) =>
      resolve({ code: error ? 1 : 0, output: output + faults });
    execFile(
      process.execPath,
      parameters,
      { cwd: folder, env: { ...process.env, TEST_MIGRATED: '' }, maxBuffer: 2 ** 24 },
      done,
    );
  });
}

const ROUTES_TEST = [join(ROOT, 'node_modules/.bin/vitest'), 'run', '--project', 'unit', 'tests/unit/routes.test.ts'];

/** Files of the copy as the edits make them. */
function write(edits: readonly Edit[]): void {
  for (const [path, text] of follow(edits, readOwn)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const migrations = (): string[] => globSync('db/migrations/*.sql', { cwd: folder });
const generate = () => run('scripts/gen.ts');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongming-recipes-'));
  for (const path of COPIED) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('to the compiler', () => {
  const whole = new Map([...follow(EVERY, readOwn)].map(([path, text]) => typed(path, text)));
  const project = new TypedProject(whole);

  /** An Astro page is read as the part between its fences. */
  function typed(path: string, text: string): [string, string] {
    return path.endsWith('.astro') ? [`${path}.ts`, /^---\n(.*?)^---$/ms.exec(text)?.[1] ?? ''] : [path, text];
  }

  it('all recipes together are right', () => {
    const read = [...whole.keys()].filter((path) => !path.endsWith('.astro.ts'));
    expect(read.length).toBeGreaterThan(15);
    expect(project.errors(read)).toEqual([]);
  });

  it('a stage that only its table knows is missed by every file that the other steps name', () => {
    const [first, ...rest] = RECIPES.stage;
    const begun = new TypedProject(follow(first ? [first] : [], readOwn), project);
    const named = new Set(
      begun.errors(Object.keys(Object.groupBy(rest, ({ path }) => path)).map(wherePlaced)).map(({ path }) => path),
    );
    expect(rest.map(({ path }) => wherePlaced(path)).filter((path) => !named.has(path))).toEqual([]);
  });

  it('a kind of message that only its table knows is missed where it has to be written', () => {
    const [first] = RECIPES.message;
    const begun = new TypedProject(follow(first ? [first] : [], readOwn), project);
    expect(begun.errors(['src/server/subscriptions/send.ts'])).toHaveLength(1);
  });

  it('an address without the files that it is made of is none', () => {
    const line = RECIPES.endpoint.filter(({ path }) => path === 'src/server/routes/api.ts');
    const begun = new TypedProject(follow(line, readOwn), project);
    expect(begun.errors(['src/server/routes/api.ts'])).toHaveLength(1);
  });
});

/** The demonstration asks for a stage's text and title, where its list of stages does not leave the stage out. */
function wherePlaced(path: string): string {
  return path === 'scripts/demo/generate/model.ts' ? 'scripts/demo/generate/titles.ts' : path;
}

describe('in a copy of the repository', () => {
  let found: Record<string, Record<string, unknown>>;

  it('a page without its row is named', async () => {
    write(RECIPES.page.filter(({ path }) => path !== 'src/server/routes/pages/site.ts'));
    expect((await run(...ROUTES_TEST)).output).toContain('guide.astro has no row');
  });

  it('a table that the schema does not list is not migrated, and one that it lists is', async () => {
    const before = migrations();
    write(RECIPES.table.slice(0, 1));
    await generate();
    expect(migrations()).toEqual(before);
    write(EVERY);
    const { output } = await generate();
    expect(migrations().length, output).toBe(before.length + 1);
  });

  it('a page with its row is served', async () => {
    const { code, output } = await run(...ROUTES_TEST);
    expect(code, output).toBe(0);
  });

  it('a page is shown to whoever asks for its address', async () => {
    const built = await run('scripts/build.ts');
    expect(built.code, built.output).toBe(0);
    const { code, output } = await run('tests/support/recipe-page-child.ts');
    expect(code, output).toBe(0);
    const { status, html } = JSON.parse(output.split('\n').find((line) => line.startsWith('{')) ?? '{}');
    expect(status).toBe(200);
    for (const part of ['<h1>使用指南</h1>', '怎样查公告、订阅和下载数据。', '数据截至']) expect(html).toContain(part);
  }, 180_000);

  it('what was added does what it is for', async () => {
    const { code, output } = await run('tests/support/recipe-child.ts');
    expect(code, output).toBe(0);
    found = JSON.parse(output.split('\n').find((line) => line.startsWith('{')) ?? '{}');
    const { filter, stage, table, page, endpoint, message } = found;
    const all = filter?.all as { id: string; deadlineAt: string | null }[];
    const within = all.filter(({ deadlineAt }) => deadlineAt !== null && deadlineAt < '2026-06-20T16:00:00.000Z');
    expect(within.length).toBeGreaterThan(0);
    expect(within.length).toBeLessThan(all.length);
    expect(filter?.closing).toEqual(expect.arrayContaining(within));
    expect(filter).toMatchObject({ control: { input: 'date', label: '截止日期至' }, isInDocument: true });
    expect(stage).toMatchObject({ ofTitle: 'shortlistNotice', listed: 1 });
    expect(stage?.ofCategory).toContain('入围结果公告');
    expect(table).toEqual({ rows: ['系统维护'], isDescribed: true });
    expect(page).toEqual({ url: true, route: true, file: true });
    expect(message).toEqual({ queued: ['welcome'], subjects: ['订阅已生效 - 示例平台'] });
    expect(endpoint).toMatchObject({
      answer: { items: expect.arrayContaining([{ category: 'construction', label: '工程建设' }]) },
      isInDocument: true,
    });
  });
});
