import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobActor } from '#src/domain/actors.ts';
import { emptyArticle } from '#src/domain/articles/content.ts';
import { findArticle, publishArticle, withdrawArticle } from '#src/publish/articles/store.ts';
import { removeArticle } from '#src/publish/removal/articles.ts';
import { removeNotice } from '#src/publish/removal/notices.ts';
import { runCheck } from '#src/server/verify/check.ts';
import { logChecks } from '#src/server/verify/publication-log.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeItems } from '#tests/support/test-site.ts';

const ARTICLES = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'] as const;
const context = { actor: jobActor('redact'), now: '2026-06-15T04:00:00.000Z' };
const order = { ...context, reason: '法院生效判决' };

let rig: IngestRig;
beforeEach(async () => {
  rig = await startRig();
  rig.items = makeItems(12);
  await rig.run();
});
afterEach(() => rig.close());

class Killed extends Error {}

/** Does something in a transaction, and lets it be lost at its end as a kill does. */
function doIt(act: () => unknown, isKilled: boolean): void {
  const all = () => {
    act();
    if (isKilled) throw new Killed();
  };
  try {
    rig.db.$client.transaction(all).immediate();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
}

const OPERATIONS = {
  publish: (id: string, words: string) => {
    if (isRemoved(id)) return;
    publishArticle(rig.db, { id, county: 'qufu', content: emptyArticle('announcement', saying(words)) }, context);
  },
  withdraw: (id: string) => {
    if (findArticle(rig.db, id)?.withdrawnAt === null)
      withdrawArticle(rig.db, { id, county: 'qufu', note: '有误' }, context);
  },
  removeArticle: (id: string) => removeArticle(rig.db, id, order),
  removeNotice: (_: string, words: string) => {
    const [row] = rig.rows(`SELECT id FROM notices ORDER BY id LIMIT 1 OFFSET ${words.length % 12}`);
    if (row) removeNotice(rig.db, String(row.id), order);
  },
} satisfies Record<string, (id: string, words: string) => unknown>;

const isRemoved = (id: string) => rig.count(`SELECT count(*) FROM removals WHERE id = '${id}'`) > 0;
const saying = (words: string) => ({
  title: `虚构的通知${words}`,
  summary: '虚构的摘要。',
  source: '虚构市中心',
  bodyHtml: `<p>虚构的正文${words}。</p>`,
});

/** Leaves of a kind about a type. */
const told = (type: string, kinds: string) =>
  rig.count(`SELECT count(*) FROM log_leaves WHERE type = '${type}' AND json_extract(entry, '$.kind') IN (${kinds})`);

describe('every version of every kind', () => {
  it('has its leaf after whatever was published, withdrawn, restored, removed and lost, and no leaf is of a lost one', async () => {
    const step = fc.record({
      what: fc.constantFrom(...(Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[])),
      id: fc.constantFrom(...ARTICLES),
      words: fc.string({ unit: fc.constantFrom('甲', '乙'), maxLength: 12 }),
      isKilled: fc.boolean(),
    });
    const counts = { versions: 0, removals: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        for (const { what, id, words, isKilled } of steps) {
          const before = told('article', "'remove'") + rig.count('SELECT count(*) FROM article_versions');
          doIt(() => OPERATIONS[what](id, words), isKilled);
          if (isKilled) {
            expect(told('article', "'remove'") + rig.count('SELECT count(*) FROM article_versions')).toBe(before);
          }
        }
        const checks = logChecks('/nowhere').filter(({ key }) => key !== 'log-files');
        for (const check of checks) expect(await runCheck(rig.db, check)).toMatchObject({ breaches: 0 });
        // What was removed took its versions along; their leaves stay, with one that tells of each removal.
        const { length } = ARTICLES.filter(isRemoved);
        const versions = rig.count('SELECT count(*) FROM article_versions');
        const leaves = told('article', "'publish', 'restore', 'withdraw'");
        expect(leaves).toBeGreaterThanOrEqual(versions);
        if (length === 0) expect(leaves).toBe(versions);
        counts.versions += leaves;
        counts.removals += told('notice', "'remove'");
      }),
      { numRuns: 12, seed: 20_260_615 },
    );
    expect(counts.versions).toBeGreaterThan(0);
    expect(counts.removals).toBeGreaterThan(0);
  });
});
