import canonicalize from 'canonicalize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCursor } from '#db/epoch.ts';
import type { ExposureEventKind } from '#src/domain/exposures/life-cycle.ts';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { recordExposureEvent } from '#src/publish/exposures/store.ts';
import { sweepExposureDates } from '#src/publish/exposures/sweep-dates.ts';
import { sha256 } from '#src/publish/prepare/fingerprints.ts';
import { type ChangePage, listChanges } from '#src/server/changes/list.ts';
import { EXPOSURE_CHECKS } from '#src/server/verify/exposures.ts';
import { verifyInvariants } from '#src/server/verify/verify.ts';
import { documentedSchema } from '#tests/support/api-schema.ts';
import { seedExposure } from '#tests/support/seed-exposures.ts';
import { openTestDatabase, seedSources } from '#tests/support/seed-notices.ts';
import { type Portal, startPortal } from '#tests/support/test-portal.ts';
import { byTester } from '#tests/support/writer.ts';

const DAY_MS = 86_400_000;
/** A day in Shanghai, so many days from today. */
const day = (offset: number) => formatDate(addDays(new Date().toISOString(), offset));

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal((db) => seedSources(db));
});
afterAll(() => portal.stop());

const getPage = async (query = 'since=0') =>
  (await (await fetch(`${portal.url}/api/v1/changes?of=exposures&${query}`)).json()) as ChangePage<'exposures'>;

let number = 0;
/** Stores a decision about a company that nobody else has. Returns the entry's id and the words that must not be told. */
function seed(fields: Record<string, string> = {}): { id: string; words: string } {
  number++;
  const words = `示例第${number}建设有限公司`;
  const all = { 当事人: words, 文号: `示财罚〔2026〕${number}号`, 决定日期: day(-30), ...fields };
  return { id: seedExposure(portal.db, all), words };
}
const happen = (id: string, kind: ExposureEventKind) =>
  recordExposureEvent(portal.db, id, { kind, at: new Date().toISOString(), basis: '示例文书' }, byTester());

describe('the changes of exposure entries', () => {
  it('tell an entry as it is public, with what has happened to it', async () => {
    const { id } = seed({ 当事人: '欧阳明' });
    happen(id, 'objectionFiled');
    const page = await getPage();
    const change = page.items.find((each) => each.id === id);
    if (change?.kind !== 'upsert') throw new Error('the entry is not told');
    expect(sha256(canonicalize(change.exposure) ?? '')).toBe(change.hash);
    expect(change.exposure).toMatchObject({ id, subjectName: '欧阳*', subjectType: 'individual' });
    expect(change.events).toMatchObject([{ kind: 'objectionFiled', basis: '示例文书' }]);
    expect(JSON.stringify(page)).not.toMatch(/sourceItemId|欧阳明/);
    expect(documentedSchema('ChangePage').safeParse(page).error?.issues).toBeUndefined();
  });

  it.each<[string, Record<string, string>, ExposureEventKind?]>([
    ['has run out', { 决定日期: '2024-01-10', 公示截止期: '2024-07-10' }],
    ['is to come', { 公示日期: day(20) }],
    ['is withheld', { 处罚类别: '警告', 处罚内容: '警告', '罚款金额（万元）': '' }],
    ['was repaired', {}, 'repaired'],
    ['was revoked', {}, 'revoked'],
  ])('say nothing of an entry that %s but that it is not public', async (_state, fields, kind) => {
    const { next } = await getPage('since=0&limit=1000');
    const { id, words } = seed(fields);
    if (kind) {
      expect(JSON.stringify(await getPage(`since=${next}`))).toContain(words);
      happen(id, kind);
    }
    for (const since of ['0', next]) {
      const page = await getPage(`since=${since}&limit=1000`);
      expect(page.items.find((each) => each.id === id)).toEqual({
        seq: expect.any(Number),
        id,
        at: expect.any(String),
        kind: 'remove',
      });
      expect(JSON.stringify(page)).not.toContain(words);
    }
  });

  it('are other changes than those of notices, with numbers of their own', async () => {
    const notices = (await (await fetch(`${portal.url}/api/v1/changes`)).json()) as ChangePage;
    expect(notices).toMatchObject({ items: [], newest: expect.stringMatching(/-0$/), upToDate: true });
    const response = await fetch(`${portal.url}/api/v1/changes?of=people`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ name: 'of' }] });
  });

  it('are waited for', async () => {
    const { next } = await getPage('since=0&limit=1000');
    const waiting = getPage(`since=${next}&wait=30`);
    const { id } = seed();
    expect((await waiting).items.map((each) => each.id)).toEqual([id]);
  });
});

describe('a date that passes without a write', () => {
  /** A database of its own with one entry, public from 20 days ago until 10 days ahead. */
  function openDated() {
    const { db, close } = openTestDatabase();
    seedSources(db);
    const id = seedExposure(db, {
      当事人: '示例日期建设有限公司',
      文号: '示财罚〔2026〕900号',
      决定日期: day(-30),
      公示日期: day(20),
      公示截止期: day(40),
    });
    const at = (offset: number) => new Date(Date.now() + offset * DAY_MS).toISOString();
    const kinds = (since: number, offset: number) =>
      listChanges(db, 'exposures', since, 100, () => at(offset)).items.map(({ kind }) => kind);
    const newest = () => parseCursor(listChanges(db, 'exposures', 0, 100).newest)?.seq ?? -1;
    return { db, id, at, kinds, newest, close };
  }

  it('is told once, whoever follows, and by the sweep', () => {
    const { db, at, kinds, newest, close } = openDated();
    expect(kinds(0, 0)).toEqual(['remove']);
    const first = newest();
    expect(sweepExposureDates(db, byTester(at(10)))).toBe(0);
    expect(kinds(first, 10)).toEqual([]);
    expect(sweepExposureDates(db, byTester(at(21)))).toBe(1);
    expect(kinds(first, 21)).toEqual(['upsert']);
    expect(sweepExposureDates(db, byTester(at(21)))).toBe(0);
    const second = newest();
    expect(kinds(second, 42)).toEqual([]);
    expect(sweepExposureDates(db, byTester(at(42)))).toBe(1);
    expect(kinds(second, 42)).toEqual(['remove']);
    close();
  });

  it('is also that of something that was known to happen later', () => {
    const { db, id, at, kinds, newest, close } = openDated();
    recordExposureEvent(db, id, { kind: 'objectionFiled', at: at(25), basis: '示例文书' }, byTester());
    sweepExposureDates(db, byTester(at(22)));
    const before = newest();
    const events = () =>
      listChanges(db, 'exposures', 0, 100, () => at(26)).items.flatMap((each) =>
        each.kind === 'upsert' ? each.events : [],
      );
    expect(sweepExposureDates(db, byTester(at(26)))).toBe(1);
    expect(kinds(before, 26)).toEqual(['upsert']);
    expect(events()).toMatchObject([{ kind: 'objectionFiled' }]);
    expect(listChanges(db, 'exposures', 0, 100, () => at(24)).items).toMatchObject([{ events: [] }]);
    close();
  });

  it('leaves a database in which every entry is told of', async () => {
    const { db, close } = openDated();
    const breaches = async () =>
      (await verifyInvariants(db, EXPOSURE_CHECKS)).filter((each) => each.breaches > 0).map(({ key }) => key);
    expect(await breaches()).toEqual([]);
    db.$client.exec('DROP TRIGGER changes_no_delete; DELETE FROM changes');
    expect(await breaches()).toEqual(['exposure-changes']);
    close();
  });
});
