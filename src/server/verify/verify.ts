import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { APPEND_ONLY, appendOnly } from '#db/objects/append-only.ts';
import type { SchemaObject } from '#db/objects/ddl.ts';
import { SCHEMA_OBJECTS } from '#db/objects/index.ts';
import { defineSelect } from '#db/query.ts';
import { AUDIT_CHECKS } from './audit.ts';
import { type Check, type CheckResult, runCheck } from './check.ts';
import { CONTENT_CHECKS } from './content.ts';
import { DEAL_CHECKS } from './deals.ts';
import { EXPOSURE_CHECKS } from './exposures.ts';
import { ORGANIZATION_CHECKS } from './organizations.ts';
import { RECORD_CHECKS } from './records.ts';
import { SUPERVISION_CHECKS } from './supervision.ts';

const GUARDS = APPEND_ONLY.flatMap(appendOnly);
const guardNames = new Set(GUARDS.map(({ name }) => name));
const OTHERS = SCHEMA_OBJECTS.filter(({ name }) => !guardNames.has(name));

const plain = (sql: string) => sql.replaceAll(/\s+/g, ' ').trim();

const MADE = defineSelect(() => ({
  fields: { name: sql<string>`name`, sql: sql<string>`sql` },
  rest: sql`FROM sqlite_schema WHERE type IN ('view', 'trigger')`,
}));

/** Views and triggers that are missing or say something else than the program that is running. */
function* findForeign(db: Db, objects: readonly SchemaObject[]): Generator<string> {
  const rows = MADE.all(db);
  const present = new Map(rows.map(({ name, sql: text }) => [name, plain(text)]));
  for (const { name, sql: text } of objects) {
    if (!present.has(name)) yield `${name} 不存在`;
    else if (present.get(name) !== plain(text)) yield `${name} 被改动`;
  }
}

/** What is kept right by the database itself is kept so only while its triggers are there, word for word. */
export const SCHEMA_CHECKS: readonly Check[] = [
  {
    key: 'append-only',
    title: '版本、事项和遮蔽记录只增不改：触发器存在且未被改动',
    find: (db) => findForeign(db, GUARDS),
  },
  { key: 'triggers', title: '视图和其他触发器存在且未被改动', find: (db) => findForeign(db, OTHERS) },
];

/** Invariants that need nothing but the database. */
export const DATABASE_CHECKS: readonly Check[] = [
  ...SCHEMA_CHECKS,
  ...RECORD_CHECKS,
  ...CONTENT_CHECKS,
  ...DEAL_CHECKS,
  ...ORGANIZATION_CHECKS,
  ...EXPOSURE_CHECKS,
  ...SUPERVISION_CHECKS,
  ...AUDIT_CHECKS,
];

/** Checks every invariant, in order. `onResult` hears of each as it ends. Nothing is repaired. */
export async function verifyInvariants(
  db: Db,
  checks: readonly Check[],
  onResult: (result: CheckResult) => void = () => {},
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = await runCheck(db, check);
    onResult(result);
    results.push(result);
  }
  return results;
}
