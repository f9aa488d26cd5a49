import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import type { RecordPackage, ReleasePackage } from '#src/server/ocds/package.ts';
import { constraintValidator, officialValidator, type PackageKind } from '#tests/support/ocds-validator.ts';
import { SEED_NOW, type SeedNotice, seedNotices, seedSources } from '#tests/support/seed-notices.ts';
import { seedAwards } from '#tests/support/seed-organizations.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

const SOLD = new Set(['land', 'mining', 'property']);
let portal: Portal;
let seeded: SeedNotice[] = [];
beforeAll(async () => {
  portal = await startPortal(
    (db) => {
      seedSources(db);
      const all = [...seedNotices(db, 500), ...seedAwards(db, 60, 9)];
      const withdraw = db.$client.prepare('UPDATE notices SET withdrawn_at = ? WHERE id = ?');
      for (const { id } of all.slice(0, 20)) withdraw.run(SEED_NOW, id);
      seeded = all.slice(20);
    },
    { DATA_LICENCE: 'https://licence.example/1', OCDS_PREFIX: 'ocds-tmtest' },
  );
});
afterAll(() => portal.stop());

const getJson = async (address: string) => (await fetch(address.replace(PORTAL_SITE, portal.url))).json();

function expectValid(kind: PackageKind, value: unknown): void {
  for (const validate of [constraintValidator(kind), officialValidator(kind)]) {
    if (validate) expect([validate(value), validate.errors?.slice(0, 3)]).toEqual([true, undefined]);
  }
}

const byDate = (one: SeedNotice, other: SeedNotice) => one.publishedAt.localeCompare(other.publishedAt);

/** The pages of releases from an address on. */
async function walkReleases(path: string): Promise<ReleasePackage[]> {
  const pages: ReleasePackage[] = [];
  for (let next: string | undefined = PORTAL_SITE + path; next; ) {
    const page: ReleasePackage = await getJson(next);
    pages.push(page);
    next = page.links?.next;
  }
  return pages;
}

describe('OCDS', () => {
  it('gives every procurement notice once, in valid packages that lead to each other', async () => {
    const pages = await walkReleases('/api/v1/ocds/releases?limit=50');
    for (const page of pages) expectValid('release', page);
    const ids = pages.flatMap(({ releases }) => releases.map(({ id }) => id));
    const bought = seeded.filter(({ category }) => !SOLD.has(category));
    expect(ids.sort()).toEqual(bought.map(({ id }) => `${id}-1`).sort());
    expect(pages[0]).toMatchObject({ license: 'https://licence.example/1', version: '1.1' });
  });

  it('takes the filters of the lists', async () => {
    const releases = (await walkReleases('/api/v1/ocds/releases?category=procurement&county=qufu')).flatMap(
      (page) => page.releases,
    );
    const wanted = seeded.filter(({ category, county }) => category === 'procurement' && county === 'qufu');
    expect(releases.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => `${id}-1`).sort());
  });

  it('never gives or leads to a package without releases, which the standard does not know', async () => {
    for (const query of ['from=2099-01-01', 'stage=landOffering']) {
      expect((await fetch(`${portal.url}/api/v1/ocds/releases?${query}`)).status).toBe(404);
    }
    const endsWithSale = (county: string) =>
      SOLD.has(seeded.filter((notice) => notice.county === county).sort(byDate)[0]?.category ?? '');
    const counties = COUNTY_SLUGS.filter(endsWithSale);
    expect(counties).not.toEqual([]);
    for (const county of counties) {
      const pages = await walkReleases(`/api/v1/ocds/releases?limit=5&county=${county}`);
      expect(pages.map(({ releases }) => releases.length)).not.toContain(0);
    }
  });

  it('dates a package made on demand by the last change of what it holds', async () => {
    const [{ id, project, category }] = seeded.filter((notice) => !SOLD.has(notice.category)) as [SeedNotice];
    const change = portal.db.$client.prepare('UPDATE notices SET updated_at = ? WHERE id = ?');
    change.run('2026-06-16T01:00:00.000Z', id);
    for (const path of [`records/ocds-tmtest-${project}`, `releases?category=${category}&limit=200`]) {
      const { publishedDate } = await getJson(`${portal.url}/api/v1/ocds/${path}`);
      expect(publishedDate).toBe('2026-06-16T09:00:00+08:00');
    }
  });

  it('answers 400 for what is sold and for unknown parameters', async () => {
    for (const query of ['category=land', 'categry=procurement', 'cursor=x']) {
      expect((await fetch(`${portal.url}/api/v1/ocds/releases?${query}`)).status).toBe(400);
    }
    expect((await fetch(`${portal.url}/api/v1/disposals?category=general`)).status).toBe(400);
  });

  it('compiles every process into a valid record, and knows no others', async () => {
    const [page] = await walkReleases('/api/v1/ocds/releases?limit=200');
    const ocids = new Set(page?.releases.map(({ ocid }) => ocid).slice(0, 60));
    for (const ocid of ocids) {
      const found: RecordPackage = await getJson(`${portal.url}/api/v1/ocds/records/${ocid}`);
      expectValid('record', found);
      const [record] = found.records;
      expect(record?.releases.every((release) => release.ocid === ocid)).toBe(true);
      expect(record?.compiledRelease.date).toBe(record?.releases.at(-1)?.date);
      const { awards = [], contracts = [] } = record?.compiledRelease ?? {};
      const awardIds = awards.map(({ id }) => id);
      expect(contracts.filter(({ awardID }) => !awardIds.includes(awardID))).toEqual([]);
    }
    for (const ocid of ['ocds-tmtest-aaaaaaaaaaaa', 'ocds-000000-aaaaaaaaaaaa', 'x']) {
      expect((await fetch(`${portal.url}/api/v1/ocds/records/${ocid}`)).status).toBe(404);
    }
  });

  it('reads from the contract notice of a process whose contract a report of performance is about', async () => {
    const bought = seeded.filter(({ category }) => !SOLD.has(category));
    // Not the project of the next test, which comes first: an answer is kept for a second.
    const [, ...processes] = Map.groupBy(bought, ({ project }) => project).values();
    const found = processes.find(([one, other]) => other && one?.suppliers.length);
    const [{ id, project }, report] = found as [SeedNotice, SeedNotice];
    const change = portal.db.$client.prepare("UPDATE notices SET category = 'procurement', stage = ? WHERE id = ?");
    change.run('contractNotice', id);
    change.run('acceptanceNotice', report.id);
    const { records }: RecordPackage = await getJson(`${portal.url}/api/v1/ocds/records/ocds-tmtest-${project}`);
    const contractsOf = (noticeId: string) =>
      records[0]?.releases.find((release) => release.id === `${noticeId}-1`)?.contracts;
    expect(contractsOf(id)?.[0]?.awardID).toBeTruthy();
    expect(contractsOf(report.id)?.[0]?.awardID).toBe(contractsOf(id)?.[0]?.awardID);
  });

  it('tells nothing of what was withdrawn', async () => {
    const [{ id, project }] = seeded as [SeedNotice];
    portal.db.$client.prepare('UPDATE notices SET withdrawn_at = ? WHERE project_id = ?').run(SEED_NOW, project);
    const pages = await walkReleases('/api/v1/ocds/releases?limit=200&sort=deadline');
    expect(JSON.stringify(pages)).not.toContain(id);
    expect((await fetch(`${portal.url}/api/v1/ocds/records/ocds-tmtest-${project}`)).status).toBe(404);
  });
});

it('gives every sale once, valid by the JSON Schema that it serves', async () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(await getJson(`${portal.url}/api/v1/disposals/schema.json`));
  const ids: string[] = [];
  for (let query = '?limit=40'; query; ) {
    const { items, next } = await getJson(`${portal.url}/api/v1/disposals${query}`);
    for (const item of items) expect([validate(item), validate.errors]).toEqual([true, null]);
    ids.push(...items.map(({ id }: { id: string }) => id));
    query = next ? `?limit=40&cursor=${next}` : '';
  }
  const gone = new Set(
    portal.db.$client.prepare('SELECT id FROM notices WHERE withdrawn_at IS NOT NULL').pluck().all() as string[],
  );
  const sold = seeded.filter(({ category, id }) => SOLD.has(category) && !gone.has(id));
  expect(ids.sort()).toEqual(sold.map(({ id }) => `${id}-1`).sort());
  expect(validate({ ...{ id: 'x' } })).toBe(false);
});
