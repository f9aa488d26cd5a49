import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError, NotFoundError } from '#src/domain/errors.ts';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { getSyncBoard } from '#src/server/sources/board.ts';
import { getSource } from '#src/server/sources/health.ts';
import { listRejected, parseRejectedQuery } from '#src/server/sources/rejected.ts';
import { openTestDatabase, SEED_NOW, seedRun, seedSources } from '#tests/support/seed-notices.ts';

const opened = openTestDatabase();
const { db } = opened;
beforeAll(() => {
  seedSources(db);
  const set = (county: string, change: string) =>
    db.$client.prepare(`UPDATE sources SET ${change} WHERE key = 'site-${county}'`).run();
  set('qufu', `consecutive_failures = 2, last_error = '取回的页面是登录页'`);
  set('weishan', `held_reason = '条目消失过多'`);
  set('yutai', `last_success_at = '${addDays(SEED_NOW, -1)}'`);
  set('sishui', 'last_success_at = NULL');
  set('jiaxiang', 'enabled = 0');
});
afterAll(() => opened.close());

function addRun(county: string, startedAt: string, state: string, created = 0): void {
  db.$client
    .prepare(
      `INSERT INTO ingest_runs (id, source_key, started_at, state, fetched, created, rejected) VALUES (?, ?, ?, ?, 10, ?, 1)`,
    )
    .run(`${county}${startedAt}`, `site-${county}`, startedAt, state, created);
}

const source = (county: string, now = SEED_NOW) => {
  const found = getSyncBoard(db, now).sources.find(({ key }) => key === `site-${county}`);
  if (!found) throw new Error(`no source of ${county}`);
  return found;
};

describe('getSyncBoard', () => {
  it('judges every state', () => {
    const states = ['jining', 'qufu', 'weishan', 'yutai', 'sishui', 'jiaxiang'].map((county) => source(county).state);
    expect(states).toEqual(['fresh', 'failing', 'held', 'late', 'never', 'paused']);
    expect(getSyncBoard(db, SEED_NOW).states).toEqual({ fresh: 10, failing: 1, held: 1, late: 1, never: 1, paused: 1 });
  });

  it('turns a healthy source late when a due run and its grace have passed', () => {
    expect(source('jining', '2026-06-15T04:19:00.000Z').state).toBe('fresh');
    expect(source('jining', '2026-06-15T04:21:00.000Z').state).toBe('late');
  });

  it('shows thirty Shanghai days, the empty ones too', () => {
    addRun('jining', '2026-06-14T15:59:00.000Z', 'succeeded', 3);
    addRun('jining', '2026-06-14T16:01:00.000Z', 'succeeded', 4);
    addRun('jining', '2026-06-15T01:00:00.000Z', 'failed');
    addRun('jining', '2026-06-01T01:00:00.000Z', 'held');
    const { days, lastRun } = source('jining');
    expect(days).toHaveLength(30);
    expect(days.at(-1)).toMatchObject({ date: '2026-06-15', state: 'partial', runs: 2, created: 4, rejected: 2 });
    expect(days.at(-2)).toMatchObject({ date: '2026-06-14', state: 'ok', created: 3 });
    expect(days.at(-15)).toMatchObject({ date: '2026-06-01', state: 'held' });
    expect(days[0]).toMatchObject({ date: formatDate(addDays(SEED_NOW, -29)), state: 'none', runs: 0 });
    expect(lastRun).toMatchObject({ state: 'failed', startedAt: '2026-06-15T01:00:00.000Z' });
  });

  it('pages through rejected items with their reasons, and never their content', () => {
    seedRun(db, 'site-qufu');
    const insert = db.$client.prepare(
      `INSERT INTO raw_items (source_key, source_item_id, content_hash, list_item, received_at, run_id, state, reasons)
       VALUES ('site-qufu', ?, ?, '{"title":"秘密"}', ?, 'seed', 'rejected', ?)`,
    );
    for (let number = 0; number < 120; number++) {
      insert.run(`item-${number}`, `h${number}`, SEED_NOW, JSON.stringify([{ code: 'title', message: '标题为空' }]));
    }
    const seen: string[] = [];
    let before: number | undefined;
    do {
      const page = listRejected(db, 'site-qufu', before);
      expect(page.total).toBe(120);
      seen.push(...page.items.map(({ sourceItemId }) => sourceItemId));
      before = page.next ?? undefined;
    } while (before);
    expect(new Set(seen).size).toBe(120);
    expect(seen[0]).toBe('item-119');
    expect(source('qufu').rejected).toBe(120);
    expect(JSON.stringify(listRejected(db, 'site-qufu'))).not.toContain('秘密');
  });

  it('lists codes that nobody mapped', () => {
    db.$client
      .prepare(`INSERT INTO unknown_codes VALUES ('site-qufu', 'unit', '万美元', '某公告', 2, ?, ?)`)
      .run(SEED_NOW, SEED_NOW);
    expect(getSyncBoard(db, SEED_NOW).unknown).toMatchObject([{ kind: 'unit', value: '万美元', count: 2 }]);
  });

  it('refuses unknown sources and malformed page marks', () => {
    expect(() => getSource(db, 'nowhere')).toThrow(NotFoundError);
    expect(parseRejectedQuery(new URLSearchParams('before=12'))).toEqual({ before: 12 });
    expect(() => parseRejectedQuery(new URLSearchParams('before=x'))).toThrow(InputError);
    expect(() => parseRejectedQuery(new URLSearchParams('page=2'))).toThrow(/page/);
  });
});
