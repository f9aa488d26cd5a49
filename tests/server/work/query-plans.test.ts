import type { Statement } from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, openReadOnly } from '#db/client.ts';
import { WORK_LIST_KEYS } from '#src/domain/work/lists.ts';
import type { Session } from '#src/staff/sessions.ts';
import { WorkDesk } from '#src/staff/work/desk.ts';
import { openTestDatabase, SEED_NOW, seedNotices, seedSources } from '#tests/support/seed-notices.ts';

let opened: ReturnType<typeof openTestDatabase>;
beforeAll(() => {
  opened = openTestDatabase();
  seedSources(opened.db);
  seedNotices(opened.db, 2000);
});
afterAll(() => opened.close());

const session = (county: 'qufu' | null): Session => ({
  ...{ id: 's', hash: 'h', loginName: 'a', displayName: 'a' },
  officer: { accountId: 'a', roles: ['editor'], county, hasSecondFactor: true, isSteppedUp: true },
  doer: { actor: 'account:a', roles: ['editor'], address: '', now: SEED_NOW },
});

/** Runs work on a fresh handle and gives the plan lines of every statement it prepared. */
function listPlans(work: (db: Db) => void): string[] {
  const db = openReadOnly(opened.path);
  const prepare = db.$client.prepare.bind(db.$client);
  const texts = new Set<string>();
  db.$client.prepare = ((sql: string) => {
    texts.add(sql);
    return prepare(sql);
  }) as typeof db.$client.prepare;
  work(db);
  const plans = [...texts]
    .filter((sql) => !sql.startsWith('PRAGMA'))
    .flatMap((sql) => {
      const statement = prepare(`EXPLAIN QUERY PLAN ${sql}`) as Statement<unknown[], { detail: string }>;
      return statement
        .all(...Array.from({ length: sql.split('?').length - 1 }, () => null))
        .map(({ detail }) => detail);
    });
  db.$client.close();
  return plans;
}

/** Tables that grow with the data: they are never read from end to end without an index. */
const GROWING =
  /^SCAN (?:n|o|r|m|d|notices|raw_items|organization_names|possible_duplicates)\b(?! USING (?:COVERING )?INDEX)/;

test.each(WORK_LIST_KEYS.flatMap((list) => [null, 'qufu' as const].map((county) => [list, county] as const)))(
  'a page of %s of %s reads by an index',
  (list, county) => {
    const after = { since: '2026-01-01T00:00:00.000Z', id: list === 'rejected' ? '1' : 'a-b' };
    const plans = listPlans((db) => {
      const desk = new WorkDesk({ db, write: () => Promise.reject(new Error('reads only')) });
      desk.rows(session(county), list, { county, after: null });
      desk.rows(session(county), list, { county, after });
    });
    expect(plans.filter((detail) => GROWING.test(detail))).toEqual([]);
    if (list === 'facts' || list === 'corrections') expect(plans.join('\n')).not.toContain('TEMP B-TREE');
  },
);
