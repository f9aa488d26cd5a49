import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GoneError, NotFoundError } from '#src/domain/errors.ts';
import { findCanonicalId, getNotice } from '#src/server/notices/get.ts';
import { listNotices } from '#src/server/notices/list.ts';
import {
  insertNotices,
  openTestDatabase,
  type SeedNotice,
  seedSources,
  toSeedNotice,
} from '#tests/support/seed-notices.ts';

const opened = openTestDatabase();
const { db } = opened;
const notices: SeedNotice[] = [];
beforeAll(() => {
  seedSources(db);
  for (let number = 0; number < 12; number++) notices.push({ ...toSeedNotice(number), buyer: '采购单位' });
  insertNotices(db, notices);
});
afterAll(() => opened.close());

const id = (number: number) => notices[number]?.id ?? '';

describe('getNotice', () => {
  it('gives body, facts and the stages of its project in time order', () => {
    const view = getNotice(db, id(1));
    expect(view.bodyHtml).toBe('<p>测试项目 1 公告正文</p>');
    expect(Object.keys(view.facts)).toEqual(['projectName', 'budget']);
    expect(view.stages.map((stage) => stage.id).sort()).toEqual([id(0), id(1), id(2), id(3)].sort());
    const times = view.stages.map(({ publishedAt }) => publishedAt);
    expect(times).toEqual(times.toSorted());
  });

  it('relates other projects of the buyer, never its own', () => {
    const related = getNotice(db, id(1)).related.map((notice) => notice.projectId);
    expect(related.length).toBeGreaterThan(0);
    expect(related).not.toContain(notices[1]?.project);
  });

  it('tells which fields a version changed', () => {
    const content = { title: '改过的标题', bodyHtml: '<p>测试项目 4 公告正文</p>', redacted: false };
    db.$client.exec('BEGIN');
    db.$client
      .prepare(
        `INSERT INTO notice_revisions (notice_id, version, content_version, seal, published_at, reason)
         VALUES (?, 2, 2, 's', '2026-06-16T00:00:00.000Z', 'changed')`,
      )
      .run(id(4));
    db.$client
      .prepare(
        `INSERT INTO notice_contents (notice_id, version, content, hash, salt, sanitizer_version) VALUES (?, 2, ?, 'h', '', 1)`,
      )
      .run(id(4), JSON.stringify(content));
    db.$client.exec('COMMIT');
    const { versions } = getNotice(db, id(4));
    expect(versions.map(({ version, changedFields }) => [version, changedFields])).toEqual([
      [2, ['title']],
      [1, []],
    ]);
  });

  it('shows equal fingerprints as possible duplicates without merging them', () => {
    db.$client.prepare('UPDATE notices SET fingerprint = ? WHERE id IN (?, ?)').run('same', id(5), id(9));
    expect(getNotice(db, id(5)).possibleDuplicates.map((notice) => notice.id)).toEqual([id(9)]);
  });

  it('answers a withdrawn notice with gone, an unknown or malformed id with not found', () => {
    db.$client.prepare(`UPDATE notices SET withdrawn_at = '2026-06-16T00:00:00.000Z' WHERE id = ?`).run(id(6));
    expect(() => getNotice(db, id(6))).toThrow(GoneError);
    expect(() => getNotice(db, 'aaaaaaaaaaaa')).toThrow(NotFoundError);
    expect(() => getNotice(db, `${id(1)}'`)).toThrow(NotFoundError);
  });

  it('leads from a twin to the canonical notice, which names the other site', () => {
    db.$client.prepare('UPDATE notices SET canonical_id = ? WHERE id = ?').run(id(7), id(8));
    expect(findCanonicalId(db, id(8))).toBe(id(7));
    expect(findCanonicalId(db, id(7))).toBeUndefined();
    expect(() => getNotice(db, id(8))).toThrow(NotFoundError);
    expect(getNotice(db, id(7)).alsoPublishedAt).toHaveLength(1);
  });

  it('takes hidden notices out of lists, totals and facets at once', () => {
    const before = listNotices(db, {});
    db.$client.prepare(`UPDATE notices SET withdrawn_at = '2026-06-16T00:00:00.000Z' WHERE id = ?`).run(id(10));
    const after = listNotices(db, {});
    expect(after.total).toBe(before.total - 1);
    expect(Object.values(after.facets.county).reduce((sum, count) => sum + count, 0)).toBe(after.total);
    expect(after.items.map((item) => item.id)).not.toContain(id(10));
  });
});
