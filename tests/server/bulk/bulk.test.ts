import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import jsonld from 'jsonld';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReadOnly } from '#db/client.ts';
import { renewEpoch } from '#db/epoch.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { startScript } from '#scripts/launch/supervise.ts';
import { appendChange } from '#src/publish/changes/append.ts';
import { buildBulk } from '#src/server/bulk/build.ts';
import { type BulkManifest, type BulkSet, bulkDirectory, readCurrentSet } from '#src/server/bulk/manifest.ts';
import { isDamaged, needsBuild } from '#src/server/bulk/schedule.ts';
import { type Config, parseConfig } from '#src/server/config.ts';
import { listCompleteness } from '#src/server/opendata/completeness.ts';
import { purgeBulk } from '#src/server/removal/purge.ts';
import { applyRemoval } from '#src/server/removal/remove.ts';
import { bulkCheck } from '#src/server/verify/bulk.ts';
import { runCheck } from '#src/server/verify/check.ts';
import { constraintValidator, officialValidator } from '#tests/support/ocds-validator.ts';
import { insertNotices, SEED_NOW, seedNotices, seedSources, toSeedNotice } from '#tests/support/seed-notices.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';
import { byTester } from '#tests/support/writer.ts';

const COUNT = 1500;
let portal: Portal;
let config: Config;
beforeAll(async () => {
  portal = await startPortal((db) => {
    seedSources(db);
    seedNotices(db, COUNT);
    insertNotices(db, [
      { ...toSeedNotice(9000), title: '=cmd(),"引号"\n换行', category: 'land', stage: 'landOffering' },
    ]);
  });
  config = parseConfig({ DATA_DIR: dirname(portal.db.$client.name), SITE_URL: PORTAL_SITE });
  await build();
});
afterAll(() => portal.stop());

async function build(signal?: AbortSignal): Promise<BulkManifest> {
  const db = openReadOnly(portal.db.$client.name);
  try {
    return await buildBulk(db, config, signal ? { signal } : {});
  } finally {
    db.$client.close();
  }
}

const currentSet = () => readCurrentSet(bulkDirectory(config.DATA_DIR)) as BulkSet;
const get = (name: string, headers: Record<string, string> = {}) =>
  fetch(`${portal.url}/open-data/files/${name}`, { headers });
const groupOf = ({ groups }: BulkManifest, category: string) => {
  const found = groups.find((group) => group.category === category);
  if (!found) throw new Error(`no files of ${category}`);
  return found;
};
const idsOf = (category: string, year: number) =>
  portal.db.$client
    .prepare(
      `SELECT id FROM published_notices WHERE category = ? AND strftime('%Y', published_at, '+8 hours') = ? ORDER BY id`,
    )
    .pluck()
    .all(category, String(year)) as string[];
const remove = (id: string) => {
  portal.db.$client.prepare('UPDATE notices SET withdrawn_at = ? WHERE id = ?').run(SEED_NOW, id);
  appendChange(portal.db, { subject: 'notice', id, version: 1, kind: 'remove' }, byTester(SEED_NOW));
};

/** Every file as the sums say? */
function expectWhole({ directory, manifest }: BulkSet): void {
  const sums = readFileSync(join(directory, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
  expect(sums).toHaveLength(manifest.groups.flatMap(({ files }) => files).length);
  for (const line of sums) {
    const [sum, name = ''] = line.split('  ');
    expect(
      createHash('sha256')
        .update(readFileSync(join(directory, name)))
        .digest('hex'),
    ).toBe(sum);
  }
}

describe('bulk files', () => {
  it('hold what the site counts, category by category', () => {
    const { manifest } = currentSet();
    for (const { category, total } of listCompleteness(portal.db)) {
      const groups = manifest.groups.filter((group) => group.category === category);
      expect(groups.reduce((sum, { notices }) => sum + notices, 0)).toBe(total);
    }
    expectWhole(currentSet());
  });

  it('give the same notices in every form, to readers that are not ours', async () => {
    const { directory, manifest } = currentSet();
    for (const { category, year, notices } of manifest.groups) {
      const read = (ending: string) => readFileSync(join(directory, `${category}-${year}.${ending}`));
      const wanted = idsOf(category, year);
      expect(wanted).toHaveLength(notices);
      const lines = gunzipSync(read('ndjson.gz')).toString().trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line).id).sort()).toEqual(wanted);
      const rows: Record<string, string>[] = parse(read('csv'), { bom: true, columns: true });
      expect(rows.map((row) => row.公告编号).sort()).toEqual(wanted);
      const db = new Database(join(directory, `${category}-${year}.sqlite`), { readonly: true });
      expect(db.prepare('SELECT id FROM notices ORDER BY id').pluck().all()).toEqual(wanted);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      db.close();
    }
    const odd = manifest.groups.find(
      ({ category, year }) => category === 'land' && idsOf('land', year).includes(toSeedNotice(9000).id),
    );
    const rows: Record<string, string>[] = parse(readFileSync(join(directory, `land-${odd?.year}.csv`)), {
      bom: true,
      columns: true,
    });
    expect(rows.map((row) => row.标题)).toContain(`'=cmd(),"引号"\n换行`);
  });

  it('are valid OCDS packages where something is bought, and none where something is sold', () => {
    const { directory, manifest } = currentSet();
    const files = manifest.groups.flatMap((group) => group.files.filter(({ format }) => format === 'ocds'));
    expect(files.length).toBeGreaterThan(4);
    expect(files.filter(({ name }) => /^(?:land|mining|property)/.test(name))).toEqual([]);
    for (const { name } of files) {
      const found = JSON.parse(gunzipSync(readFileSync(join(directory, name))).toString());
      for (const validate of [constraintValidator('release'), officialValidator('release')]) {
        if (validate) expect([validate(found), validate.errors?.slice(0, 2)]).toEqual([true, undefined]);
      }
    }
  });

  it('are explained: every column and field that they have', () => {
    const { directory, manifest } = currentSet();
    const dictionary = JSON.parse(readFileSync(join(directory, 'dictionary.json'), 'utf8'));
    const { category, year } = groupOf(manifest, 'procurement');
    const read = (ending: string) => readFileSync(join(directory, `${category}-${year}.${ending}`));
    const [line = ''] = gunzipSync(read('ndjson.gz')).toString().split('\n');
    expect(Object.keys(dictionary.ndjson.properties).sort()).toEqual(Object.keys(JSON.parse(line)).sort());
    const [header = []]: string[][] = parse(read('csv'), { bom: true, to: 1 });
    expect(dictionary.csv.map(({ name }: { name: string }) => name)).toEqual(header);
    const db = new Database(join(directory, `${category}-${year}.sqlite`), { readonly: true });
    for (const { name, columns } of dictionary.sqlite) {
      const found = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(name);
      expect(columns.map((column: { name: string }) => column.name)).toEqual(found);
    }
    db.close();
  });

  it('are served whole, in parts, and not again to who has them', async () => {
    const { directory, manifest } = currentSet();
    const [file] = groupOf(manifest, 'procurement').files;
    const name = file?.name ?? '';
    const bytes = readFileSync(join(directory, name));
    const whole = await get(name);
    const etag = whole.headers.get('etag') ?? '';
    expect([whole.status, etag, whole.headers.get('content-length')]).toEqual([
      200,
      `"${file?.sha256}"`,
      String(bytes.length),
    ]);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await get(name, { 'if-none-match': etag })).status).toBe(304);
    const part = await get(name, { range: 'bytes=10-', 'if-range': etag });
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 10-${bytes.length - 1}/${bytes.length}`,
    ]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10))).toBe(true);
    for (const [range, ifRange] of [
      ['bytes=10-', '"other"'],
      [`bytes=${bytes.length}-`, '"other"'],
      ['bytes=9-8', etag],
      ['bytes=0-1,4-5', etag],
    ] as const) {
      const answer = await get(name, { range, 'if-range': ifRange });
      expect([range, answer.status]).toEqual([range, 200]);
      await answer.body?.cancel();
    }
    for (const range of [`bytes=${bytes.length}-`, `bytes=${bytes.length}-${bytes.length + 9}`, 'bytes=-0']) {
      const answer = await get(name, { range });
      expect([range, answer.status, answer.headers.get('content-range')]).toEqual([
        range,
        416,
        `bytes */${bytes.length}`,
      ]);
      expect([answer.headers.get('etag'), await answer.text()]).toEqual([null, expect.stringContaining('之外')]);
    }
    const head = await fetch(`${portal.url}/open-data/files/${name}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      String(bytes.length),
      '',
    ]);
    for (const other of ['nothing.csv', 'SHA256SUMS.part']) expect((await get(other)).status).toBe(404);
    expect((await get('..%2Fcurrent.json')).status).toBe(400);
  });

  it('are listed on the page, and in a catalogue that a JSON-LD reader understands', async () => {
    const html = await (await fetch(`${portal.url}/open-data`)).text();
    const links = [...html.matchAll(/href="\/open-data\/files\/([^"]+)"/g)].map(([, name = '']) => name);
    const names = currentSet().manifest.groups.flatMap(({ files }) => files.map(({ name }) => name));
    expect(links).toEqual(expect.arrayContaining(names));
    for (const name of links.filter((link) => !names.includes(link))) expect((await get(name)).status).toBe(200);
    const answer = await fetch(`${portal.url}/open-data/catalog.jsonld`);
    expect(answer.headers.get('content-type')).toContain('application/ld+json');
    // Expanding drops whatever has no meaning: the same number of distributions means that all were understood.
    const [catalog] = await jsonld.expand(await answer.json());
    const dcat = 'http://www.w3.org/ns/dcat#';
    const datasets = catalog?.[`${dcat}dataset`] as Record<string, { '@id'?: string }[]>[];
    const downloads = datasets.flatMap((dataset) =>
      (dataset[`${dcat}distribution`] ?? []).map((one) => (one as typeof dataset)[`${dcat}downloadURL`]?.[0]?.['@id']),
    );
    expect(downloads).toEqual(expect.arrayContaining(names.map((name) => `${PORTAL_SITE}/open-data/files/${name}`)));
  });
});

describe('a damaged file', () => {
  const damaged = async () => (await runCheck(portal.db, bulkCheck(config.DATA_DIR))).examples;
  const kinds: [kind: string, harm: (path: string) => void][] = [
    ['altered, of the same length', (path) => writeFileSync(path, Buffer.from(readFileSync(path)).fill(0x20, 20, 30))],
    ['truncated', (path) => truncateSync(path, statSync(path).size - 5)],
    ['removed', (path) => rmSync(path)],
  ];

  it.each(kinds)('%s is not given out, is named by the check, and is made anew', async (_kind, harm) => {
    const { directory, manifest } = currentSet();
    const [file] = groupOf(manifest, 'procurement').files;
    const { name = '' } = file ?? {};
    const other = groupOf(manifest, 'general').files[0]?.name ?? '';
    const { ino } = statSync(join(directory, other));
    expect([await damaged(), await isDamaged(config.DATA_DIR)]).toEqual([[], false]);
    harm(join(directory, name));
    expect([(await get(name)).status, (await get(other)).status]).toEqual([503, 200]);
    expect([await damaged(), await isDamaged(config.DATA_DIR)]).toEqual([[name], true]);
    await build();
    expectWhole(currentSet());
    expect([(await get(name)).status, await damaged(), await isDamaged(config.DATA_DIR)]).toEqual([200, [], false]);
    expect(statSync(join(currentSet().directory, other)).ino).toBe(ino);
  });

  it.each(['SHA256SUMS', 'manifest.json'])('%s as well', async (name) => {
    const path = join(currentSet().directory, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/[0-9a-f]{64}/, 'f'.repeat(64)));
    expect((await get(name)).status).toBeGreaterThanOrEqual(404);
    expect(await damaged()).toHaveLength(1);
    const isNoticed = needsBuild(portal.db, config.DATA_DIR, Date.now()) || (await isDamaged(config.DATA_DIR));
    expect(isNoticed).toBe(true);
    await build();
    expect([(await get(name)).status, await damaged()]).toEqual([200, []]);
  });

  it('that was only copied is read once, and given out', async () => {
    const { directory, manifest } = currentSet();
    const { name = '' } = groupOf(manifest, 'procurement').files[0] ?? {};
    utimesSync(join(directory, name), new Date(), new Date());
    expect([(await get(name)).status, await damaged()]).toEqual([200, []]);
  });
});

describe('a new set', () => {
  it('is made at once without a withdrawn notice, whose file is refused until then; the rest is taken over', async () => {
    const before = currentSet();
    const group = groupOf(before.manifest, 'medical');
    const other = groupOf(before.manifest, 'general').files[0]?.name ?? '';
    const { ino } = statSync(join(before.directory, other));
    const [id = ''] = idsOf('medical', group.year);
    expect(needsBuild(portal.db, config.DATA_DIR, Date.now())).toBe(false);
    remove(id);
    for (const { name } of group.files) expect([name, (await get(name)).status]).toEqual([name, 503]);
    expect((await get(other)).status).toBe(200);
    expect(needsBuild(portal.db, config.DATA_DIR, Date.now())).toBe(true);
    await build();
    const after = currentSet();
    expect(needsBuild(portal.db, config.DATA_DIR, Date.now())).toBe(false);
    expectWhole(after);
    expect(groupOf(after.manifest, 'medical').notices).toBe(group.notices - 1);
    const { name = '' } = groupOf(after.manifest, 'medical').files[0] ?? {};
    expect(gunzipSync(Buffer.from(await (await get(name)).arrayBuffer())).toString()).not.toContain(id);
    expect(statSync(join(after.directory, other)).ino).toBe(ino);
    expect(existsSync(before.directory)).toBe(false);
  });

  it('is made without what was removed by law; until then no file is given out, as it may stand in any', async () => {
    const [group] = currentSet().manifest.groups;
    const name = group?.files.find(({ format }) => format === 'ndjson')?.name ?? '';
    const lines = () => gunzipSync(readFileSync(join(currentSet().directory, name))).toString();
    const { id = '' } = JSON.parse(lines().split('\n')[0] ?? '{}') as { id?: string };
    const order = { reason: '示例判决', actor: byTester().actor, at: '2026-11-30T01:00:00.000Z', closed: [] };
    applyRemoval(portal.db, { subject: 'notice', id, ...order });
    for (const { files } of currentSet().manifest.groups)
      for (const file of files) expect((await get(file.name)).status).toBe(503);
    purgeBulk(config.DATA_DIR);
    expect((await get(name)).status).toBe(404);
    await build();
    expectWhole(currentSet());
    expect(lines()).not.toContain(id);
    expect((await get(name)).status).toBe(200);
  });

  it('leaves the old one whole when it is killed, and goes on from what was finished', async () => {
    const before = currentSet();
    // Every file is to be made anew.
    const environment = { ...process.env, DATA_DIR: config.DATA_DIR, SITE_URL: 'http://other.example' };
    const building = join(bulkDirectory(config.DATA_DIR), 'building');
    const child = startScript('scripts/bulk.ts', [], environment, 'pipe');
    const finished = () =>
      existsSync(building) ? readdirSync(building).filter((name) => name.endsWith('.group')) : [];
    await expect.poll(() => finished().length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(1);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    const done = finished();
    expect(done.length).toBeLessThan(before.manifest.groups.length);
    expect(currentSet()).toEqual(before);
    expectWhole(before);
    const sample = (done[0] ?? '').replace(/group$/, 'csv');
    const { ino } = statSync(join(building, sample));
    config = parseConfig({ DATA_DIR: config.DATA_DIR, SITE_URL: 'http://other.example' });
    await build();
    expectWhole(currentSet());
    expect(statSync(join(currentSet().directory, sample)).ino).toBe(ino);
  });

  it('does not come when it is stopped', async () => {
    const before = currentSet();
    await expect(build(AbortSignal.abort())).rejects.toThrow();
    expect(currentSet()).toEqual(before);
  });

  it('is due after a night without one, for a database of another epoch, and for one that was set back', async () => {
    expect(needsBuild(portal.db, config.DATA_DIR, Date.now() + 27 * 3_600_000)).toBe(true);
    expect(needsBuild(portal.db, config.DATA_DIR, Date.now())).toBe(false);
    const epoch = readKeyValue(portal.db, 'changes.epoch', '');
    renewEpoch(portal.db);
    expect(needsBuild(portal.db, config.DATA_DIR, Date.now())).toBe(true);
    saveKeyValue(portal.db, 'changes.epoch', epoch);
    portal.db.$client.exec('DROP TRIGGER changes_no_delete; DELETE FROM changes');
    expect(needsBuild(portal.db, config.DATA_DIR, Date.now())).toBe(true);
    const [{ name = '' } = {}] = groupOf(currentSet().manifest, 'general').files;
    expect((await get(name)).status).toBe(503);
  });
});
