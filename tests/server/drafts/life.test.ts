import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import {
  auditEvents,
  changes,
  draftEvents,
  drafts,
  draftVersions,
  notices,
  noticeVersions,
  rawItems,
} from '#db/schema/index.ts';
import { fillIn } from '#scripts/demo/drafts/fill-form.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { findKnownById } from '#src/publish/notices/known.ts';
import { saveNotice } from '#src/publish/notices/store.ts';
import { prepareNotice } from '#src/publish/prepare/prepare.ts';
import { getNotice } from '#src/server/notices/get.ts';
import { listDue, releaseDraft } from '#src/staff/drafts/release.ts';
import { contentOf, type DraftRow } from '#src/staff/drafts/store.ts';
import { DRAFT_NOW, DraftRig, RELEASE_PARTS } from '#tests/support/draft-rig.ts';
import { openTestDatabase, seedNotices, seedRun, seedSources } from '#tests/support/seed-notices.ts';
import { byTester } from '#tests/support/writer.ts';

let shared: ReturnType<typeof openTestDatabase>;
let db: Db;
let rig: DraftRig;
beforeEach(() => {
  shared = openTestDatabase();
  db = shared.db;
  rig = new DraftRig(db);
});
afterEach(() => shared.close());

const LATER = '2026-03-02T01:00:01.000Z';
const release = (id: string, now = LATER) => releaseDraft(db, id, now, RELEASE_PARTS);
const stored = (id: string): DraftRow => {
  const row = db.select().from(drafts).where(eq(drafts.id, id)).get();
  if (!row) throw new Error(`no draft ${id}`);
  return row;
};
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: Error) => `${error.name}: ${error.message}`,
  );

test('a preview is what publishing makes: project, versions and links are there, and nothing of it stays', async () => {
  const { author } = rig.team('qufu');
  const first = await rig.approved('qufu', rig.team('qufu'));
  release(first.id);
  const correction = rig.content({ stage: 'correctionNotice', title: '虚构市第一小学图书采购更正公告' });
  const draft = await rig.desk.create(author, 'qufu', { ...correction, original: stored(first.id).noticeId });
  const counts = () =>
    [notices, noticeVersions, changes, rawItems, auditEvents, draftVersions].map(
      (table) => db.select().from(table).all().length,
    );
  const before = counts();
  const { page, refusals } = await rig.desk.preview(author, draft.id, RELEASE_PARTS.urlOf, (reading, id) =>
    getNotice(reading, id, LATER),
  );
  expect(refusals).toEqual([]);
  expect(page?.stages.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['tenderNotice', 'correctionNotice']));
  expect(page).toMatchObject({
    version: 1,
    versions: [{ version: 1, reason: 'created' }],
    correction: expect.anything(),
  });
  expect(page?.projectId).toBe(db.select().from(notices).get()?.projectId);
  expect(counts()).toEqual(before);
});

describe('the whole life of a notice', () => {
  test('goes over four people, is published once, and leaves one event and one audit row for each step', async () => {
    const row = await rig.approved('qufu', rig.team('qufu'));
    expect(row).toMatchObject({ state: 'scheduled', scheduledAt: DRAFT_NOW, noticeId: null });
    expect(db.select().from(notices).all()).toEqual([]);
    expect(release(row.id)).toBe('released');
    expect(release(row.id)).toBe('moved');
    const after = stored(row.id);
    expect(after.state).toBe('published');
    const [notice] = db.select().from(notices).all();
    expect(notice).toMatchObject({ id: after.noticeId, county: 'qufu', publishedBy: 'qufu', stage: 'tenderNotice' });
    expect(notice?.facts.budget).toEqual({ text: '1,200,000.00 元', fen: 120_000_000 });
    const [version] = db.select().from(noticeVersions).all();
    expect(version?.actor).toBe(`account:${after.finalReviewerId}`);
    const events = db.select().from(draftEvents).where(eq(draftEvents.draftId, row.id)).all();
    const told = ['create', 'submit', 'determineOpen', 'approveFirst', 'approveFinal', 'release'];
    expect(events.map(({ event }) => event)).toEqual(told);
    const audit = db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `draft:${row.id}`))
      .all();
    expect(audit.map(({ action }) => action)).toEqual(told.map((event) => `draft.${event}`));
  });

  test('is not published before its second', async () => {
    const publishAt = '2026-03-03T02:00:00.000Z';
    const row = await rig.approved('qufu', rig.team('qufu'), rig.content({ publishAt }));
    expect(row.scheduledAt).toBe(publishAt);
    expect(listDue(db, '2026-03-03T01:59:59.999Z')).toEqual([]);
    expect(release(row.id, '2026-03-03T01:59:59.999Z')).toBe('moved');
    expect(listDue(db, publishAt)).toEqual([row.id]);
    expect(release(row.id, publishAt)).toBe('released');
  });

  test('an urgent one skips no reviewer, and says so for ever', async () => {
    const { author, first, final } = rig.team('qufu');
    const draft = await rig.desk.create(author, 'qufu', rig.content());
    const reason = '突发事件，须当日公开';
    const urgent = await rig.desk.act(author, draft, { event: 'submitUrgent', reason });
    expect(urgent).toMatchObject({ state: 'firstReview', urgent: true, dueAt: '2026-03-02T16:00:00.000Z' });
    expect(await refusal(rig.desk.act(author, urgent, { event: 'approveFirst', reason }))).toMatch(/^ForbiddenError/);
    const once = await rig.desk.act(first, urgent, { event: 'approveFirst', reason });
    const twice = await rig.desk.act(final, once, { event: 'approveFinal', reason });
    expect(release(twice.id)).toBe('released');
    const [told] = db.select().from(auditEvents).where(eq(auditEvents.action, 'draft.submitUrgent')).all();
    expect(JSON.parse(told?.details ?? '')).toMatchObject({ urgent: true });
    const [version] = db.select().from(noticeVersions).all();
    expect(JSON.parse(version?.content ?? '').fields).toHaveProperty('紧急发布');
    const leaf = db.$client.prepare("SELECT entry FROM log_leaves WHERE type = 'notice'").pluck().get() as string;
    const seal = db.$client.prepare('SELECT seal FROM notice_revisions').pluck().get();
    expect(JSON.parse(leaf)).toMatchObject({ kind: 'publish', sha256: seal });
  });
});

describe('approvals', () => {
  test('are void after any edit, by whomever', async () => {
    const team = rig.team('qufu');
    const row = await rig.approved('qufu', team);
    const edited = await rig.desk.save(team.editor, row, rig.content({ title: '虚构市第一小学图书采购公告（二）' }));
    expect(edited).toMatchObject({
      ...{ state: 'drafting', firstReviewerId: null, firstHash: null, finalReviewerId: null, finalHash: null },
      ...{ scheduledAt: null, version: 2 },
    });
    expect(release(row.id)).toBe('moved');
    expect(db.select().from(draftVersions).all()).toHaveLength(2);
  });

  test('are never one’s own, whatever posts one holds: neither of one’s own words nor twice of another’s', async () => {
    const everything = rig.person(['countyClerk', 'editor', 'firstReviewer', 'finalReviewer'], 'qufu');
    const other = rig.person(['countyClerk', 'editor', 'firstReviewer', 'finalReviewer'], 'qufu');
    const reason = '经审核，同意。';
    const draft = await rig.desk.create(other, 'qufu', rig.content());
    const edited = await rig.desk.save(everything, draft, rig.content({ title: '虚构公告二' }));
    const urgent = await rig.desk.act(other, edited, { event: 'submitUrgent', reason });
    // One wrote the present version, the other the first.
    for (const who of [everything, other])
      expect(await refusal(rig.desk.act(who, urgent, { event: 'approveFirst', reason }))).toContain('自己经办');
    const third = rig.person(['firstReviewer', 'finalReviewer'], 'qufu');
    const once = await rig.desk.act(third, urgent, { event: 'approveFirst', reason });
    expect(await refusal(rig.desk.act(third, once, { event: 'approveFinal', reason }))).toContain('不能与初审人相同');
  });

  test('of oneself are refused by the database too', async () => {
    const { author, editor } = rig.team('qufu');
    const { id, authorId, hash } = await rig.desk.create(author, 'qufu', rig.content());
    const set = (columns: Partial<DraftRow>) => () => db.update(drafts).set(columns).where(eq(drafts.id, id)).run();
    expect(set({ firstReviewerId: authorId, firstHash: hash })).toThrow(/drafts_first|reviews what they wrote/);
    expect(set({ state: 'published' })).toThrow(/drafts_approved/);
    const edited = await rig.desk.save(editor, stored(id), rig.content({ title: '虚构公告三' }));
    expect(set({ firstReviewerId: editor.officer.accountId, firstHash: edited.hash })).toThrow(/what they wrote/);
    const reviewer = rig.person(['firstReviewer'], 'qufu').officer.accountId;
    const same = {
      firstReviewerId: reviewer,
      firstHash: edited.hash,
      finalReviewerId: reviewer,
      finalHash: edited.hash,
    };
    expect(set(same)).toThrow(/drafts_final/);
  });
});

describe('two at once', () => {
  test('of two reviewers who decide, one does, and the other is told who and when', async () => {
    const { author, editor, first } = rig.team('qufu');
    const another = rig.person(['firstReviewer'], 'qufu');
    const draft = await rig.desk.create(author, 'qufu', rig.content());
    const sent = await rig.desk.act(author, draft, { event: 'submit', reason: '' });
    const seen = await rig.desk.act(editor, sent, { event: 'determineOpen', reason: '' });
    const both = await Promise.allSettled([
      rig.desk.act(first, seen, { event: 'approveFirst', reason: '同意发布' }),
      rig.desk.act(another, seen, { event: 'returnFirst', reason: '请补充预算来源' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(String(lost.reason)).toMatch(
      /^ConflictError: 这份稿件已由.*同志于 2026-03-02 09:00 初审通过，现在处于“保密复审”/,
    );
    expect(db.select().from(draftEvents).where(eq(draftEvents.draftId, draft.id)).all()).toHaveLength(4);
  });

  test('a stale form does nothing', async () => {
    const { author, editor } = rig.team('qufu');
    const draft = await rig.desk.create(author, 'qufu', rig.content());
    await rig.desk.save(editor, draft, rig.content({ title: '虚构公告（改）' }));
    expect(await refusal(rig.desk.save(author, draft, rig.content()))).toMatch(/^ConflictError/);
    expect(await refusal(rig.desk.act(author, draft, { event: 'submit', reason: '' }))).toMatch(/^ConflictError/);
    expect(await refusal(rig.desk.keepWorkingCopy(author, draft, rig.content(), null))).toMatch(/^ConflictError/);
    expect(stored(draft.id)).toMatchObject({ state: 'drafting', revision: 2, title: '虚构公告（改）' });
  });
});

describe('the queue', () => {
  test('is what waits for the person: overdue first, nothing of their own to review, nothing of another county', async () => {
    const qufu = rig.team('qufu');
    const zoucheng = rig.team('zoucheng');
    const waiting = async (team: typeof qufu, title: string) => {
      const content = rig.content({ title });
      const draft = await rig.desk.create(team.author, team.author.officer.county ?? 'qufu', content);
      return rig.desk.act(team.author, draft, { event: 'submit', reason: '' });
    };
    await waiting(qufu, '先到的虚构公告');
    rig.now = '2026-03-05T01:00:00.000Z';
    await waiting(qufu, '后到的虚构公告');
    await waiting(zoucheng, '邻县的虚构公告');
    const titles = (session: typeof qufu.author, more = {}) =>
      rig.desk.list(session, { view: 'queue', ...more }).drafts.map(({ title }) => title);
    expect(titles(qufu.editor)).toEqual(['先到的虚构公告', '后到的虚构公告']);
    expect(titles(qufu.editor, { overdue: true })).toEqual(['先到的虚构公告']);
    expect(titles(qufu.editor, { county: 'zoucheng' })).toEqual([]);
    expect(titles(qufu.first)).toEqual([]);
    expect(titles(qufu.author)).toEqual([]);
    const both = rig.person(['countyClerk', 'editor'], 'qufu');
    await rig.desk.act(both, await rig.desk.create(both, 'qufu', rig.content()), { event: 'submit', reason: '' });
    expect(titles(both)).toEqual(['先到的虚构公告', '后到的虚构公告']);
    expect(rig.desk.list(qufu.editor, { view: 'queue' }).counts).toEqual({ attributeReview: 3 });
  });
});

describe('what follows a notice', () => {
  const published = async (team: ReturnType<DraftRig['team']>, content = rig.content()) => {
    const row = await rig.approved('qufu', team, content);
    expect(release(row.id, rig.now)).toBe('released');
    return stored(row.id);
  };
  const about = (original: string | null, stage: NonNullable<DraftRow['stage']>, more = {}) =>
    rig.content({ stage, original, title: `虚构市第一小学图书采购${stage}`, ...more });

  test('is not sent on without its original, and the notice stays where it is', async () => {
    const { author } = rig.team('qufu');
    for (const stage of [
      'correctionNotice',
      'clarification',
      'suspensionNotice',
      'resumptionNotice',
      'terminationNotice',
    ] as const) {
      const draft = await rig.desk.create(author, 'qufu', about(null, stage));
      expect(await refusal(rig.desk.act(author, draft, { event: 'submit', reason: '' }))).toContain('必须关联原公告');
    }
  });

  test('is about a public notice of its county, which is found by words and by code', async () => {
    const team = rig.team('qufu');
    const original = await published(team);
    const other = rig.team('zoucheng');
    const foreign = rig.desk.create(other.author, 'zoucheng', about(original.noticeId, 'correctionNotice'));
    expect(await refusal(foreign)).toContain('不属于本县区');
    expect(await refusal(rig.desk.create(team.author, 'qufu', about('aaaaaaaaaaaa', 'clarification')))).toContain(
      '没有这条公告',
    );
    const draft = await rig.desk.create(team.author, 'qufu', about(null, 'clarification'));
    expect(rig.desk.originals(team.author, draft.id, '第一小学图书').map(({ id }) => id)).toEqual([original.noticeId]);
    expect(rig.desk.originals(team.author, draft.id, '100% _')).toEqual([]);
    const linked = await rig.desk.link(team.author, draft, original.noticeId ?? '');
    expect(await rig.desk.act(team.author, linked, { event: 'submit', reason: '' })).toMatchObject({
      state: 'attributeReview',
    });
    const follow = await rig.desk.follow(team.author, original.id, 'correctionNotice');
    expect(follow).toMatchObject({ originalNoticeId: original.noticeId, stage: 'correctionNotice', state: 'drafting' });
    expect(await refusal(rig.desk.follow(team.author, original.id, 'tenderNotice'))).toContain('没有这种后续公告');
  });

  test('a correction moves the deadline of the deal, is of its project, and is told on the original', async () => {
    const team = rig.team('qufu');
    const original = await published(team);
    rig.now = '2026-03-04T01:00:00.000Z';
    const fields = fillIn({ category: 'procurement', stage: 'correctionNotice' }, rig.now, {
      deadline: '2026-04-20 09:30',
      projectCode: '另一个编号-2026-7',
    });
    const correction = await published(team, about(original.noticeId, 'correctionNotice', { fields }));
    expect(stored(original.id).state).toBe('corrected');
    const [before, after] = [original, correction].map(({ noticeId }) =>
      db
        .select()
        .from(notices)
        .where(eq(notices.id, noticeId ?? ''))
        .get(),
    );
    expect(after?.projectId).toBe(before?.projectId);
    expect(before).toMatchObject({ supersededBy: correction.noticeId, supersededHow: 'deadline' });
    expect(before?.closesAt).toBe('2026-04-20T01:30:00.000Z');
    const page = getNotice(db, correction.noticeId ?? '', rig.now);
    expect(page.correction?.original?.id).toBe(original.noticeId);
    expect(page.correction?.changes.map(({ key }) => key)).toContain('deadline');
  });

  test('a withdrawal leaves a tombstone with its reason, once', async () => {
    const team = rig.team('qufu');
    const original = await published(team);
    const reason = '公告内容有误，另行发布';
    const withdraw = () => about(original.noticeId, 'tenderNotice', { action: 'withdraw', reason });
    const again = await rig.approved('qufu', team, withdraw());
    const withdrawal = await published(team, withdraw());
    expect(withdrawal).toMatchObject({ noticeId: original.noticeId, noticeVersion: 2 });
    expect(stored(original.id).state).toBe('withdrawn');
    expect(() => getNotice(db, original.noticeId ?? '')).toThrow(reason);
    expect(release(again.id, rig.now)).toBe('refused');
    expect(stored(again.id)).toMatchObject({ state: 'drafting', firstReviewerId: null });
  });

  test('what a feed brought is taken back by two people, and stays so whatever the feed brings', async () => {
    seedSources(db);
    const id = seedNotices(db, 1)[0]?.id ?? '';
    const known = findKnownById(db, id);
    const team = rig.team();
    const county =
      db.select({ county: notices.county }).from(notices).where(eq(notices.id, id)).get()?.county ?? 'jining';
    expect(
      await refusal(rig.desk.beginWithdrawal(rig.team(county === 'qufu' ? 'zoucheng' : 'qufu').author, county, id)),
    ).toMatch(/^ForbiddenError/);
    expect(rig.desk.withdrawable(team.author, county, known?.title.slice(0, 4) ?? '').map((each) => each.id)).toEqual([
      id,
    ]);
    const begun = await rig.desk.beginWithdrawal(team.author, county, id);
    const said = await rig.desk.save(team.author, begun, { ...contentOf(begun), reason: '含有不应公开的内容' });
    const approved = await rig.approve(said, team);
    expect(release(approved.id)).toBe('released');
    expect(() => getNotice(db, id)).toThrow('含有不应公开的内容');
    const last = db.select().from(noticeVersions).where(eq(noticeVersions.noticeId, id)).all();
    const change = db.select().from(changes).all().at(-1);
    expect(change).toMatchObject({ kind: 'remove', actor: `account:${approved.finalReviewerId}` });

    const title = (known?.title ?? '').replace('测试', '某某');
    const draft: NoticeDraft = {
      ...{ sourceItemId: known?.sourceItemId ?? '', title, rawTitle: title },
      ...{ column: { code: 'x' }, mapping: { category: 'procurement', stage: 'tenderNotice' } },
      ...{ published: { raw: '2026-03-01 09:00', field: 'x' }, bodyHtml: '<p>又送来的公告，内容也改过。</p>' },
      ...{ attachments: [], fields: {}, extra: {}, ownCounty: true },
    };
    const sourceKey = known?.sourceKey ?? '';
    const prepared = prepareNotice(draft, { sourceKey, publishedBy: county });
    const raw = {
      sourceKey,
      sourceItemId: draft.sourceItemId,
      contentHash: 'f'.repeat(64),
      listItem: JSON.stringify(draft),
    };
    seedRun(db, sourceKey);
    expect(saveNotice(db, prepared, raw, { runId: 'seed', ...byTester() })).toBe('unchanged');
    expect(() => getNotice(db, id)).toThrow('含有不应公开的内容');
    expect(db.select().from(noticeVersions).where(eq(noticeVersions.noticeId, id)).all()).toEqual(last);
    const kept = db.select().from(rawItems).where(eq(rawItems.contentHash, raw.contentHash)).get();
    expect(kept).toMatchObject({ state: 'accepted', reasons: [{ code: 'taken-back' }] });
  });
});
