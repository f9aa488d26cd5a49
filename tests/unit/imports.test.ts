import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '#scripts/launch/root.ts';
import { findCycles, type Import, isOwn, readImports, sources } from '#tests/support/imports.ts';

interface Rule {
  /** Own paths that may be imported, as prefixes; `self` is the importer's own area. */
  own: readonly string[];
  /** Own paths of which only types may be imported. */
  types?: readonly string[];
  /** Packages that may be imported; `node` stands for every built-in module, `*` for every package. */
  packages: readonly string[];
  /** Single files that may import one package more. */
  except?: Record<string, readonly string[]>;
}

/** The import directions: the first area whose prefix an importer's path has decides what it may import. */
const AREAS: [prefix: string, rule: Rule][] = [
  [
    'src/domain/',
    {
      own: ['src/domain/'],
      packages: ['zod', 'pinyin-pro', 'opencc-js', 'canonicalize', '@noble/hashes', '@noble/ed25519'],
      except: { 'src/domain/identifiers/ids.ts': ['node'] },
    },
  ],
  ['db/', { own: ['db/', 'src/domain/'], packages: ['drizzle-orm', 'drizzle-kit', 'better-sqlite3', 'node'] }],
  ['src/outbound/', { own: ['src/outbound/', 'src/domain/'], packages: ['*', 'node'] }],
  [
    'src/formats/',
    {
      own: ['src/formats/', 'src/domain/'],
      packages: ['*'],
      except: { 'src/formats/zip-guard.ts': ['node'] },
    },
  ],
  // Charts as SVG: figures in, marks out.
  [
    'src/charts/',
    { own: ['src/charts/', 'src/domain/'], packages: ['d3-scale', 'd3-shape', 'hast', 'hast-util-to-html'] },
  ],
  // The write core: whatever is published goes through it, and it knows neither who asks for it nor how.
  ['src/publish/', { own: ['src/publish/', 'src/formats/', 'src/domain/', 'db/'], packages: ['*', 'node'] }],
  // Files that are attached: received, looked into, cleaned, kept. Who may, and what becomes of it, is asked elsewhere.
  ['src/attachments/', { own: ['src/attachments/', 'src/formats/', 'src/domain/', 'db/'], packages: ['*', 'node'] }],
  [
    'src/ingest/adapters/',
    {
      own: ['src/ingest/adapters/', 'src/ingest/types.ts', 'src/formats/', 'src/domain/'],
      types: ['src/publish/draft.ts'],
      packages: ['*'],
    },
  ],
  [
    'src/ingest/',
    {
      own: ['src/ingest/', 'src/attachments/', 'src/publish/', 'src/formats/', 'src/outbound/', 'src/domain/', 'db/'],
      packages: ['*', 'node'],
    },
  ],
  // What the software itself says of its subject.
  ['src/content/', { own: ['src/content/', 'src/domain/'], packages: [] }],
  // Documents that are printed, as data, and what sets them.
  ['src/documents/', { own: ['src/documents/', 'src/formats/', 'src/domain/'], packages: ['*', 'node'] }],
  // The publication log as files, made from the leaves in the database.
  [
    'src/tlog/',
    { own: ['src/tlog/', 'src/domain/', 'db/'], packages: ['better-sqlite3', 'drizzle-orm', '@noble/curves', 'node'] },
  ],
  // What the console does. Only the process of the staff role runs it.
  [
    'src/staff/',
    {
      own: [
        ...[
          'src/staff/',
          'src/attachments/',
          'src/documents/',
          'src/ingest/',
          'src/publish/',
          'src/formats/',
          'src/domain/',
          'db/',
        ],
        // What the commands for operators call.
        ...['src/server/push/keys.ts', 'src/server/subscriptions/address.ts', 'src/server/subscriptions/operate.ts'],
      ],
      packages: ['*', 'node'],
    },
  ],
  [
    'src/server/',
    {
      own: [
        'src/server/',
        'src/attachments/',
        'src/documents/',
        'src/publish/',
        'src/tlog/read/',
        // Signs the checkpoints of other portals, with a key of its own.
        'src/tlog/witness.ts',
        'src/formats/',
        'src/charts/',
        'src/outbound/',
        'src/domain/',
        'db/',
      ],
      // Pages and the public process share a build: what the console writes with is no part of it.
      types: ['src/staff/'],
      packages: ['*', 'node'],
    },
  ],
  [
    'src/worker/',
    {
      // Of the console the worker does what falls due: releases that were approved.
      own: [
        'src/worker/',
        'src/attachments/',
        'src/documents/',
        'src/ingest/',
        'src/publish/',
        'src/server/',
        'src/staff/',
        'src/domain/',
        'db/',
      ],
      packages: ['*', 'node'],
    },
  ],
  // The editor, which only the page where notices are written loads.
  [
    'src/islands/editor/',
    {
      own: ['src/islands/editor/', 'src/domain/'],
      packages: [
        'prosemirror-commands',
        'prosemirror-history',
        'prosemirror-inputrules',
        'prosemirror-keymap',
        'prosemirror-model',
        'prosemirror-schema-list',
        'prosemirror-state',
        'prosemirror-tables',
        'prosemirror-transform',
        'prosemirror-view',
      ],
    },
  ],
  [
    'src/islands/',
    {
      own: ['src/islands/', 'src/domain/'],
      types: ['src/server/', 'db/'],
      packages: ['preact'],
      except: { 'src/islands/form-work/worker.ts': ['@noble/hashes'] },
    },
  ],
  [
    'src/components/',
    {
      own: ['src/components/', 'src/charts/', 'src/islands/', 'src/domain/', 'src/site.ts', 'src/styles/'],
      types: ['src/server/', 'src/staff/'],
      packages: ['astro'],
      except: { 'src/components/Qr.astro': ['lean-qr'] },
    },
  ],
  [
    'src/layouts/',
    {
      own: ['src/layouts/', 'src/components/', 'src/islands/', 'src/domain/', 'src/site.ts', 'src/styles/'],
      types: ['src/server/', 'src/staff/'],
      packages: ['astro'],
    },
  ],
  // A page is its loader's data in markup, an endpoint its row of the API: they ask nothing of the server but that.
  [
    'src/pages/',
    {
      own: [
        'src/server/pages/',
        'src/server/routes/serve.ts',
        'src/domain/',
        'src/components/',
        'src/layouts/',
        'src/islands/',
      ],
      types: ['src/', 'db/'],
      packages: ['astro'],
    },
  ],
  [
    'src/site.ts',
    { own: ['src/domain/', 'src/server/config.ts', 'src/server/publication-log/current.ts'], packages: [] },
  ],
  [
    'src/',
    {
      own: ['src/', '!src/ingest/', '!src/publish/', '!src/worker/', 'db/epoch.ts'],
      types: ['db/'],
      packages: ['astro', 'zod', 'node'],
    },
  ],
  ['scripts/test-faults.ts', { own: ['tests/faults/'], packages: ['node'] }],
  ['scripts/compare.ts', { own: ['tests/compare/', 'scripts/launch/'], packages: ['node'] }],
  ['scripts/test-mutants.ts', { own: ['tests/mutants/'], packages: ['node'] }],
  ['scripts/', { own: ['scripts/', 'src/', 'db/', 'dist/'], packages: ['*', 'node'] }],
];

function allowsOwn(rule: Rule, { target, typeOnly }: Import): boolean {
  const allowed = typeOnly ? [...rule.own, ...(rule.types ?? [])] : rule.own;
  const forbidden = allowed.filter((prefix) => prefix.startsWith('!')).map((prefix) => prefix.slice(1));
  return allowed.some((prefix) => target.startsWith(prefix)) && !forbidden.some((prefix) => target.startsWith(prefix));
}

function allowsPackage(rule: Rule, file: string, target: string): boolean {
  const names = [...rule.packages, ...(rule.except?.[file] ?? [])];
  const bare = target.replace(/^node:/, '');
  if (target.startsWith('node:') || builtinModules.includes(bare)) return names.includes('node');
  if (target.startsWith('astro:') || target.startsWith('astro/')) return names.includes('astro');
  return names.includes('*') || names.some((name) => target === name || target.startsWith(`${name}/`));
}

/** One line for every import that goes against the table. */
function findBreaches(file: string, source: string): string[] {
  const rule = AREAS.find(([prefix]) => file.startsWith(prefix))?.[1];
  if (!rule) return [];
  return readImports(file, source)
    .filter((entry) => !(isOwn(entry.target) ? allowsOwn(rule, entry) : allowsPackage(rule, file, entry.target)))
    .map((entry) => `${file} must not import ${entry.target}`);
}

describe('imports', () => {
  test('go only in the directions of the layout', () => {
    expect(sources.size).toBeGreaterThan(10);
    expect([...sources].flatMap(([file, source]) => findBreaches(file, source))).toEqual([]);
  });

  test('name files that exist, with their ending', () => {
    const missing = [...sources].flatMap(([file, source]) =>
      readImports(file, source)
        .filter(
          ({ target }) =>
            isOwn(target) && !target.startsWith('dist/') && !existsSync(join(ROOT, target.split('?')[0] ?? '')),
        )
        .map(({ target }) => `${file} → ${target}`),
    );
    expect(missing).toEqual([]);
  });

  test('form no cycles', () => {
    const graph = new Map(
      [...sources].map(([file, source]) => [
        file,
        readImports(file, source)
          .filter((entry) => !entry.typeOnly && isOwn(entry.target))
          // Tables refer to each other both ways; they do so in functions, which run when all are there.
          .filter((entry) => !(file.startsWith('db/schema/') && entry.target.startsWith('db/schema/')))
          .map((entry) => entry.target),
      ]),
    );
    expect(findCycles(graph)).toEqual([]);
  });

  test('the checks find what they are made to find', () => {
    expect(findBreaches('src/domain/x.ts', "import { a } from '#src/server/db.ts';")).toHaveLength(1);
    expect(findBreaches('src/domain/x.ts', "import { readFileSync } from 'node:fs';")).toHaveLength(1);
    expect(findBreaches('src/islands/x.tsx', "import type { Db } from '#db/client.ts';")).toEqual([]);
    expect(findBreaches('src/islands/x.tsx', "import { type A, listNotices } from '#src/server/db.ts';")).toHaveLength(
      1,
    );
    expect(findBreaches('src/pages/x.astro', "---\nimport { run } from '../ingest/pipeline.ts';\n---\n")).toHaveLength(
      1,
    );
    const page = (line: string) => findBreaches('src/pages/a/x.astro', `---\n${line}\n---\n`);
    expect(page("import { webDb } from '#src/server/db.ts';")).toHaveLength(1);
    expect(page("import type { Db } from '#db/client.ts';\nimport { loadX } from '#src/server/pages/x.ts';")).toEqual(
      [],
    );
    expect(findBreaches('src/ingest/adapters/x.ts', "const db = await import('#db/client.ts');")).toHaveLength(1);
  });
});
