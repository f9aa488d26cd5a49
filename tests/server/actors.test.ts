import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ACTOR_KINDS,
  accountActor,
  actorKind,
  commandActor,
  jobActor,
  keyActor,
  runActor,
} from '#src/domain/actors.ts';
import type { ExposureEvent } from '#src/domain/exposures/life-cycle.ts';
import { retryRejected } from '#src/ingest/retry.ts';
import { recordExposureEvent } from '#src/publish/exposures/store.ts';
import { sweepExposureDates } from '#src/publish/exposures/sweep-dates.ts';
import { importLibrary, retryLibrary } from '#src/publish/library/import.ts';
import { markUnread, reextractNotices } from '#src/publish/notices/reextract.ts';
import { mergeOrganizations, undoChange } from '#src/publish/organizations/changes.ts';
import { redactStored } from '#src/publish/redaction/redact.ts';
import { startRig } from '#tests/support/ingest-rig.ts';
import { seedExposure } from '#tests/support/seed-exposures.ts';
import { seedSources } from '#tests/support/seed-notices.ts';
import { makeItem, makeItems } from '#tests/support/test-site.ts';

let rig: Awaited<ReturnType<typeof startRig>>;
beforeEach(async () => {
  rig = await startRig();
  rig.items = makeItems(5);
});
afterEach(() => rig.close());

const NOW = '2026-06-15T04:00:00.000Z';
const CLERK = commandActor('organizations', '张三');
const actorsOf = (table: string, where = '1') =>
  rig.rows(`SELECT DISTINCT actor FROM ${table} WHERE ${where} ORDER BY actor`).map(({ actor }) => actor);
const lastRun = () =>
  runActor(String(rig.rows('SELECT id FROM ingest_runs ORDER BY started_at DESC, rowid DESC')[0]?.id));

test('an actor says of which kind it is', () => {
  const actors = [runActor('r'), keyActor('k'), commandActor('redact', 'root'), jobActor('redact'), accountActor('a')];
  expect(actors).toEqual(['run:r', 'key:k', 'command:redact root', 'job:redact', 'account:a']);
  expect(actors.map(actorKind)).toEqual(Object.keys(ACTOR_KINDS));
  for (const text of ['unknown', '', 'somebody', 'staff:1']) expect(actorKind(text)).toBeUndefined();
});

test('a run signs the versions and changes of what it stored, and those of a second run are the second’s', async () => {
  await rig.run();
  const first = lastRun();
  expect(actorsOf('notice_versions')).toEqual([first]);
  expect(actorsOf('changes')).toEqual([first]);
  expect(actorsOf('raw_items')).toEqual([first]);
  rig.items[0] = makeItem(0, { body: '<p>更正后的正文</p>' });
  await rig.run({ full: true });
  expect(actorsOf('notice_versions', 'version = 2')).toEqual([lastRun()]);
  expect(actorsOf('changes', 'version = 2')).toEqual([lastRun()]);
  expect(actorsOf('notice_versions', 'version = 1')).toEqual([first]);
});

test('who judges again what was refused signs it, not the run that met it', async () => {
  rig.items = [makeItem(1, { column: '99' })];
  await rig.run();
  expect(actorsOf('raw_items')).toEqual([lastRun()]);
  const settings = JSON.parse(String(rig.source()?.settings));
  settings.columns['99'] = { category: 'medical', stage: 'tenderNotice' };
  rig.db.$client.prepare('UPDATE sources SET settings = ?').run(JSON.stringify(settings));
  const clerk = commandActor('ingest', '张三');
  retryRejected(rig.db, clerk);
  expect(actorsOf('notice_versions')).toEqual([clerk]);
  expect(actorsOf('changes')).toEqual([clerk]);
  expect(actorsOf('raw_items')).toEqual([clerk]);
});

test('what is read anew or redacted is told of in the name of who had it done', async () => {
  await rig.run();
  markUnread(rig.db);
  rig.db.$client.exec(`UPDATE notices SET buyer = '别的单位'`);
  await reextractNotices(rig.db, { actor: jobActor('reextract') });
  expect(actorsOf('changes', 'seq > 5')).toEqual(['job:reextract']);
  rig.db.$client.exec(`DROP TRIGGER notice_contents_no_update;
    UPDATE notice_contents SET sanitizer_version = 0, content = replace(content, '"bodyHtml":"', '"bodyHtml":"<p onclick=''x''>电话 13805371234</p>')`);
  await redactStored(rig.db, { actor: CLERK });
  expect(actorsOf('redactions')).toEqual([CLERK]);
  expect(actorsOf('changes', 'seq > 10')).toEqual([CLERK]);
  // What a version was made by stays.
  expect(actorsOf('notice_versions').map((actor) => actorKind(String(actor)))).toEqual(['run']);
});

test('events and dates of entries, library entries and decisions are signed', () => {
  seedSources(rig.db);
  const fields = { 当事人: '示例建设有限公司', 文号: '示财罚〔2026〕1号', 决定日期: '2026-06-01' };
  const id = seedExposure(rig.db, fields, { now: Date.parse(NOW) });
  const clerk = commandActor('exposures', '李四');
  const event: ExposureEvent = { kind: 'repaired', at: '2026-07-01T00:00:00.000Z', basis: '示例文书' };
  recordExposureEvent(rig.db, id, event, { actor: clerk, now: NOW });
  expect(actorsOf('exposure_events', `kind = 'repaired'`)).toEqual([clerk]);
  expect(actorsOf('changes', `subject = 'exposure'`)).toEqual([clerk]);
  rig.db.$client.exec(`UPDATE key_values SET value = '${NOW}' WHERE key = 'exposures.swept'`);
  sweepExposureDates(rig.db, { actor: jobActor('sweep-dates'), now: '2026-07-02T00:00:00.000Z' });
  expect(rig.rows(`SELECT kind, actor FROM changes WHERE subject = 'exposure'`)).toEqual([
    { kind: 'date', actor: 'job:sweep-dates' },
  ]);

  const table = [
    ['企业名称', '统一社会信用代码', '荣誉名称'],
    ['示例甲有限公司', '91370811MA0000015F', '示例奖'],
    ['示例乙有限公司', '91370800000000000X', '示例奖'],
    ['', '', '没有企业名称的奖'],
  ];
  importLibrary(rig.db, table, { source: '示例名录', actor: CLERK, now: NOW });
  const entries = rig.count('SELECT count(*) FROM honours');
  expect(entries).toBeGreaterThan(0);
  expect(actorsOf('honours')).toEqual([CLERK]);
  expect(actorsOf('library_rejections')).toEqual([CLERK]);
  expect(rig.count(`SELECT count(*) FROM changes WHERE subject = 'library' AND actor = '${CLERK}'`)).toBe(entries);
  const other = commandActor('organizations', '李四');
  retryLibrary(rig.db, { actor: other, now: NOW });
  expect(actorsOf('library_rejections')).toEqual([other]);

  const organizations = rig
    .rows('SELECT id FROM organizations WHERE uscc IS NOT NULL ORDER BY id')
    .map((row) => String(row.id));
  const [one = '', another = ''] = organizations;
  const chief = commandActor('organizations', '王五');
  const change = mergeOrganizations(rig.db, one, another, { reason: '示例', actor: chief, now: NOW });
  undoChange(rig.db, change, { actor: CLERK, now: NOW });
  expect(rig.rows('SELECT decided_by, undone_by FROM organization_changes')).toEqual([
    { decided_by: chief, undone_by: CLERK },
  ]);
  expect(
    rig.rows(`SELECT kind, actor, subject_id AS id FROM changes WHERE subject = 'organization' ORDER BY seq`),
  ).toEqual([
    { kind: 'merge', actor: chief, id: one },
    { kind: 'undo', actor: CLERK, id: one },
  ]);
});
