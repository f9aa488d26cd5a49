import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '#db/client.ts';
import { jobActor } from '#src/domain/actors.ts';
import { parseLeaf } from '#src/domain/tlog/leaf.ts';
import { recordAudit } from '#src/publish/audit/record.ts';
import { logContent, logRemoval, logWithdrawal } from '#src/publish/log/contents.ts';
import { logDayEnds } from '#src/publish/log/day-ends.ts';
import { openVersion } from '#src/server/publication-log/evidence.ts';
import { runCheck } from '#src/server/verify/check.ts';
import { logChecks } from '#src/server/verify/publication-log.ts';
import { countLeaves, listLeaves } from '#src/tlog/read/leaves.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

const AT = '2026-06-15T02:00:00.000Z';
let db: Db;
let close: () => void;
beforeEach(() => {
  ({ db, close } = openTestDatabase());
});
afterEach(() => close());

const leaves = () => listLeaves(db, 0, countLeaves(db)).map(({ entry }) => parseLeaf(entry));
const findBreaches = async () => {
  const found = await Promise.all(logChecks('/nowhere').map((check) => runCheck(db, check)));
  return found.filter(({ breaches }) => breaches > 0).map(({ key }) => key);
};
/** Past the triggers, as somebody with the file would. */
const tamper = (sql: string) => {
  const { $client } = db;
  for (const name of $client.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()) {
    $client.exec(`DROP TRIGGER "${name}"`);
  }
  $client.exec(sql);
};

describe('what has no table of versions', () => {
  const article = { type: 'article', id: 'k3vq7mzt2f5a', at: AT } as const;

  it('is sealed with its leaf, opened by its salt, and closed by a withdrawal', () => {
    logContent(db, { ...article, version: 1 }, { title: '办事指南', body: '…' });
    logContent(db, { ...article, version: 2 }, { title: '办事指南（修订）', body: '…' });
    const opened = openVersion(db, 'article', article.id, 2, AT);
    expect(JSON.parse(opened.content ?? '')).toMatchObject({ title: '办事指南（修订）' });
    logWithdrawal(db, { ...article, version: 3 });
    expect(leaves().map(({ kind, prev }) => [kind, prev])).toEqual([
      ['publish', null],
      ['publish', 0],
      ['withdraw', 1],
    ]);
    expect(openVersion(db, 'article', article.id, 2, AT)).toMatchObject({ salt: null, content: null });
  });

  it('is destroyed by a removal that the log tells of, by nothing else, and never comes back', () => {
    logContent(db, { ...article, version: 1 }, { title: '含个人信息' });
    expect(() => db.$client.exec('DELETE FROM log_contents')).toThrow('append-only');
    logRemoval(db, { ...article, version: 1 });
    expect(db.$client.prepare('SELECT count(*) FROM log_contents').pluck().get()).toBe(0);
    expect(() => logContent(db, { ...article, version: 1 }, { title: '含个人信息' })).toThrow('append-only');
    expect(leaves().map(({ kind }) => kind)).toEqual(['publish', 'remove']);
  });

  it('is found altered by verify, in content or in salt', async () => {
    logContent(db, { ...article, version: 1 }, { title: '办事指南' });
    expect(await findBreaches()).toEqual([]);
    tamper("UPDATE log_contents SET content = replace(content, '指南', '指北')");
    expect(await findBreaches()).toEqual(['log-contents']);
    tamper("UPDATE log_contents SET content = replace(content, '指北', '指南')");
    expect(await findBreaches()).toEqual([]);
    tamper("UPDATE log_contents SET salt = substr(salt, 2) || '0'");
    expect(await findBreaches()).toEqual(['log-contents']);
  });
});

describe('the end of a day', () => {
  const act = (now: string) =>
    recordAudit(
      db,
      { actor: jobActor('redact'), roles: [], address: '', now },
      { action: 'command.administrator', subject: '' },
    );
  const receive = (receivedOn: string) => {
    const commitment = randomBytes(32).toString('hex');
    db.$client
      .prepare(
        `INSERT INTO public_submissions (id, kind, county, received_on, receipt_hash, sealed, commitment, reply_recipient, reply_identity, was_worked_for)
         VALUES (?, 'suggestion', 'qufu', ?, ?, x'00', ?, 'age1', x'00', 0)`,
      )
      .run(commitment.slice(0, 12), receivedOn, commitment, commitment);
    return commitment;
  };

  it('is told once, with how far the record of what staff did had come', async () => {
    act('2026-06-14T01:00:00.000Z');
    act('2026-06-14T15:59:59.999Z');
    act('2026-06-14T16:00:00.000Z');
    act('2026-06-16T01:00:00.000Z');
    expect(logDayEnds(db, '2026-06-15T16:00:00.000Z')).toBe(2);
    expect(logDayEnds(db, '2026-06-15T23:00:00.000Z')).toBe(0);
    expect(logDayEnds(db, '2026-06-17T00:00:00.000Z')).toBe(1);
    const days = ['2026-06-14', '2026-06-15', '2026-06-16'];
    expect(leaves().map(({ id }) => id)).toEqual(days);
    const contents = days.map((day) => JSON.parse(openVersion(db, 'audit', day, 1, AT).content ?? ''));
    expect(contents.map(({ lastEvent }) => lastEvent)).toEqual([2, 3, 4]);
    expect(await findBreaches()).toEqual([]);
    tamper("UPDATE audit_events SET chain = replace(chain, substr(chain, 1, 1), 'x') WHERE seq = 3");
    expect(await findBreaches()).toEqual(['log-contents']);
  });

  it('is when commitments of what came in are told, in an order that says nothing of when', () => {
    const came = ['2026-06-15', '2026-06-15', '2026-06-15', '2026-06-16'].map(receive);
    expect(logDayEnds(db, '2026-06-15T17:00:00.000Z')).toBe(3);
    expect(logDayEnds(db, '2026-06-15T18:00:00.000Z')).toBe(0);
    expect(leaves().map(({ id, sha256, at }) => [id, sha256, at])).toEqual(
      came
        .slice(0, 3)
        .sort()
        .map((commitment) => [commitment, commitment, '2026-06-15T16:00:00.000Z']),
    );
  });
});
