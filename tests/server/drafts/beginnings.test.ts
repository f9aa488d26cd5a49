import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notices } from '#db/schema/notices.ts';
import { auditEvents } from '#db/schema/staff.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { fillDraft } from '#src/domain/drafts/form/notice.ts';
import { toValues } from '#src/domain/drafts/form/values.ts';
import { type Permitted, refusalOf } from '#src/domain/staff/permissions.ts';
import { ROLE_KEYS } from '#src/domain/staff/roles.ts';
import { getNotice } from '#src/server/notices/get.ts';
import { BeginningDesk } from '#src/staff/beginnings/desk.ts';
import { releaseDraft } from '#src/staff/drafts/release.ts';
import { DraftRig, RELEASE_PARTS } from '#tests/support/draft-rig.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

const shared = openTestDatabase();
const rig = new DraftRig(shared.db);
const kind = { county: 'qufu', category: 'procurement', stage: 'tenderNotice' } as const;
let desk: BeginningDesk;
beforeAll(() => {
  desk = new BeginningDesk({
    db: shared.db,
    write: async (write) => shared.db.$client.transaction(() => write(shared.db)).immediate(),
  });
});
afterAll(() => shared.close());

const audited = () => shared.db.select().from(auditEvents).where(eq(auditEvents.action, 'draft.template')).all().length;
const urlOf = RELEASE_PARTS.urlOf;

/** Whether the table of rights refuses it: nothing else may. */
async function isRefused(act: () => unknown): Promise<boolean> {
  try {
    await act();
    return false;
  } catch (error) {
    expect((error as Error).name).toBe('ForbiddenError');
    return true;
  }
}

describe('templates', () => {
  test('belong to their county and kind, are replaced by name, and every change is audited', async () => {
    const { author } = rig.team('qufu');
    const before = audited();
    await desk.saveTemplate(author, 'qufu', '图书采购', rig.content());
    await desk.saveTemplate(author, 'qufu', '图书采购', rig.content({ bodyHtml: '<p>改过的</p>' }));
    const [template, ...others] = desk.templates(author, kind);
    expect([template?.name, others]).toEqual(['图书采购', []]);
    expect(desk.templates(author, { ...kind, stage: 'awardNotice' })).toEqual([]);
    const { content } = desk.fromTemplate(author, template?.id ?? '');
    expect(content).toMatchObject({ title: '', bodyHtml: '<p>改过的</p>', original: null, publishAt: null });
    expect(content.fields).not.toHaveProperty('deadline');
    expect(content.fields).toHaveProperty('eligibility');
    await desk.removeTemplate(author, template?.id ?? '');
    expect(desk.templates(author, kind)).toEqual([]);
    expect(audited() - before).toBe(3);
  });

  test('every role × county may with them what the table of rights says', async () => {
    const { author } = rig.team('qufu');
    await desk.saveTemplate(author, 'qufu', '权限', rig.content());
    const id = desk.templates(author, kind)[0]?.id ?? '';
    for (const role of ROLE_KEYS)
      for (const county of [null, ...COUNTY_SLUGS]) {
        const person = rig.person([role], county);
        const wants = (permitted: Permitted) => refusalOf(person.officer, permitted, 'qufu') !== null;
        expect([role, county, await isRefused(() => desk.templates(person, kind))]).toEqual([
          role,
          county,
          wants('draft.create'),
        ]);
        expect(await isRefused(() => desk.fromTemplate(person, id))).toBe(wants('draft.create'));
        expect(await isRefused(() => desk.findEarlier(person, kind, ''))).toBe(wants('draft.create'));
        expect(await isRefused(() => desk.saveTemplate(person, 'qufu', '另一个', rig.content()))).toBe(
          wants('draft.template'),
        );
      }
  });
});

describe('a notice that the console published', () => {
  test('has its facts as they were typed, says its form in its body, was previewed as it is, and begins another', async () => {
    const team = rig.team('qufu');
    const content = rig.content({ bodyHtml: '<p>采购人：另一家单位</p><p>预算金额：9999万元</p>' });
    const draft = await rig.approved('qufu', team, content);
    const { page } = await rig.desk.preview(team.author, draft.id, urlOf, (reading, id) => ({
      facts: reading.select().from(notices).where(eq(notices.id, id)).get()?.facts,
      body: getNotice(reading, id, rig.now).bodyHtml,
    }));
    expect(releaseDraft(shared.db, draft.id, rig.now, RELEASE_PARTS)).toBe('released');
    const notice = shared.db.select().from(notices).where(eq(notices.title, content.title)).get();
    const given = fillDraft(content).facts;
    expect(notice?.facts).toEqual(page?.facts);
    for (const [key, fact] of Object.entries(given)) expect(notice?.facts).toHaveProperty(key, fact);
    expect(Object.keys(notice?.facts ?? {}).sort()).toEqual(Object.keys(given).sort());
    expect(notice?.amountFen).toBe(given.budget?.fen);
    expect(page?.body).toContain('<h3>项目基本情况</h3>');
    expect(page?.body).toContain('另一家单位');

    expect(desk.findEarlier(team.author, kind, '第一小学').map(({ id }) => id)).toEqual([notice?.id]);
    expect(desk.findEarlier(team.author, kind, '没有这样的标题')).toEqual([]);
    const copy = desk.fromNotice(team.author, 'qufu', notice?.id ?? '');
    expect(copy.bodyHtml).toBe(content.bodyHtml);
    expect(toValues(copy.fields).buyer).toBe(toValues(content.fields).buyer);
    expect(copy.fields).not.toHaveProperty('deadline');
  });
});

describe('what is typed', () => {
  test('is written, kept and previewed by whom the table of rights says', async () => {
    const draft = await rig.desk.create(rig.team('qufu').author, 'qufu', rig.content());
    for (const role of ROLE_KEYS)
      for (const county of [null, 'qufu', 'zoucheng'] as const) {
        const person = rig.person([role], county);
        const wants = (permitted: Permitted) => refusalOf(person.officer, permitted, 'qufu') !== null;
        const edits = wants('draft.list') || wants('draft.edit');
        expect([role, county, await isRefused(() => rig.desk.assertEditable(person, draft.id))]).toEqual([
          role,
          county,
          edits,
        ]);
        expect(await isRefused(() => rig.desk.keepWorkingCopy(person, draft, rig.content(), null))).toBe(edits);
        expect(await isRefused(() => rig.desk.preview(person, draft.id, urlOf, () => null))).toBe(wants('draft.list'));
        const begins = refusalOf(person.officer, 'draft.create', county) !== null;
        expect(await isRefused(() => desk.assertMayBegin(person))).toBe(begins);
      }
  });

  test('is kept only onto what it began on: neither another window nor another person loses anything', async () => {
    const { author, editor } = rig.team('qufu');
    const draft = await rig.desk.create(author, 'qufu', rig.content());
    const refused = async (promise: Promise<unknown>) => (await promise.catch((error: Error) => error.name)) as unknown;
    const first = await rig.desk.keepWorkingCopy(author, draft, rig.content({ title: '第一个窗口' }), null);
    expect(await refused(rig.desk.keepWorkingCopy(author, draft, rig.content({ title: '第二个窗口' }), null))).toBe(
      'ConflictError',
    );
    expect(rig.desk.workingCopy(author, draft.id)?.content.title).toBe('第一个窗口');
    rig.now = '2026-03-02T01:00:05.000Z';
    const second = await rig.desk.keepWorkingCopy(author, draft, rig.content({ title: '第一个窗口，续' }), first);
    expect(second).toBe(rig.now);
    expect(rig.desk.workingCopy(editor, draft.id)).toBeNull();
    await rig.desk.save(editor, draft, rig.content({ title: '别人的一稿' }));
    expect(await refused(rig.desk.keepWorkingCopy(author, draft, rig.content(), second))).toBe('ConflictError');
    expect(await refused(rig.desk.save(author, draft, rig.content()))).toBe('ConflictError');
    expect(rig.desk.workingCopy(author, draft.id)?.content.title).toBe('第一个窗口，续');
    expect(rig.desk.draft(author, draft.id).content.title).toBe('别人的一稿');
    // A copy of an older revision stands in nobody's way.
    const { row } = rig.desk.draft(author, draft.id);
    expect(await refused(rig.desk.keepWorkingCopy(author, row, rig.content({ title: '接着写' }), null))).toBe(rig.now);
  });
});
