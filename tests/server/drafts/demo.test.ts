import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { drafts } from '#db/schema/index.ts';
import { loadDemoDrafts } from '#scripts/demo/drafts/load.ts';
import { demoSession } from '#scripts/demo/session.ts';
import { createDemoStaff } from '#scripts/demo/staff.ts';
import { loadDemoWork } from '#scripts/demo/work.ts';
import { FileStore } from '#src/attachments/store.ts';
import type { DraftContent } from '#src/domain/drafts/content.ts';
import { DRAFT_STATE_KEYS } from '#src/domain/drafts/states.ts';
import { listDue } from '#src/staff/drafts/release.ts';
import { contentOf } from '#src/staff/drafts/store.ts';
import { attachmentUrl } from '#src/staff/drafts/to-notice.ts';
import { WorkDesk } from '#src/staff/work/desk.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

test('the demonstration has drafts in every state, with files, and work in every list, once; nothing more is published of itself', async () => {
  const { db, path, close } = openTestDatabase();
  const now = new Date().toISOString();
  await createDemoStaff(db, now);
  const intake = { store: new FileStore(dirname(path)), scanner: undefined };
  for (const _time of [1, 2]) {
    await loadDemoDrafts(db, now, { intake, urlOf: attachmentUrl('https://portal.example') });
    loadDemoWork(db, now);
  }
  const rows = db.select({ state: drafts.state, content: drafts.content }).from(drafts).all();
  expect(rows).toHaveLength(18);
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(DRAFT_STATE_KEYS));
  const names = rows.flatMap((row) => (contentOf(row) as DraftContent).attachments.map(({ name }) => name));
  expect(names).toEqual(['采购需求.txt', '评分办法.docx']);
  expect(listDue(db, now)).toEqual([]);
  const write = async () => expect.unreachable();
  const waiting = new WorkDesk({ db, write }).waiting(demoSession(db, 'guanli', now));
  const filled = waiting.filter(({ total }) => total > 0).map(({ list }) => list);
  expect(filled).toEqual(expect.arrayContaining(['facts', 'corrections', 'holds', 'mirrors', 'messages']));
  close();
});
