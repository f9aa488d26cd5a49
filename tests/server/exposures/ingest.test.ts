import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { writeXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import type { ExposureContent } from '#src/domain/exposures/content.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { createFetcher, type Fetcher } from '#src/ingest/fetch.ts';
import { type RunSummary, runSource } from '#src/ingest/pipeline.ts';
import { retryRejected } from '#src/ingest/retry.ts';
import { seedSources } from '#src/ingest/sources.ts';
import { recordExposureEvent } from '#src/publish/exposures/store.ts';
import { EXPOSURE_CHECKS, exposurePersonalDataCheck } from '#src/server/verify/exposures.ts';
import { SCHEMA_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';
import { byTester, TESTER } from '#tests/support/writer.ts';

const NAME = '公冶砚棠';

let db: Db;
let path: string;
let close: () => void;
let fetcher: Fetcher;
let root: string;

beforeEach(() => {
  ({ db, path, close } = openTestDatabase());
  root = mkdtempSync(join(tmpdir(), 'tongming-exposures-'));
  cpSync('tests/fixtures/feeds/folder/penalties', join(root, 'penalties'), { recursive: true });
  fetcher = createFetcher({ allowPrivate: [], filesDir: root });
  addFolder('penalties');
});
afterEach(async () => {
  await fetcher.close();
  close();
  removeFolder(root);
});

function addFolder(folder: string): void {
  const entry = { name: `双公示 ${folder}`, county: 'jining', adapter: 'folder', settings: { folder } } as const;
  seedSources(db, [{ key: folder, ...entry, schedule: '0 6 * * *', minimumItems: 1 }]);
}

const read = (key = 'penalties'): Promise<RunSummary> => runSource(db, key, { fetcher, full: true });
const pluck = <Value>(sql: string) => db.$client.prepare(sql).pluck().all() as Value[];
const contents = () =>
  pluck<string>(
    `SELECT v.content FROM exposures e JOIN exposure_versions v ON v.exposure_id = e.id AND v.version = e.version
     ORDER BY e.decision_date, e.decision_key`,
  ).map((json) => JSON.parse(json) as ExposureContent);
const reasons = () =>
  pluck<string>(`SELECT json_extract(r.value, '$.code') FROM raw_items, json_each(reasons) r WHERE state = 'rejected'`);
const csv = () => readFileSync(join(root, 'penalties/decisions.csv'), 'utf8');
const place = (name: string, content: string | Uint8Array) => writeFileSync(join(root, name), content);

describe('the penalty table (双公示)', () => {
  test('becomes entries with what the decision says, and refuses what is none', async () => {
    expect(await read()).toMatchObject({ state: 'succeeded', created: 6, rejected: 2 });
    expect(contents()[0]).toMatchObject({
      board: 'exposure',
      subjectType: 'supplier',
      subjectName: '示例甲建设有限公司',
      subjectUscc: '91370800000000000X',
      misconduct: 'bidRiggingAmongBidders',
      decisionNo: '演财罚〔2026〕1号',
      decisionDate: '2026-05-10',
      grade: 'general',
      fineFen: 6_000_000,
      validUntil: '2027-05-09',
      sourceDeadline: null,
      county: 'qufu',
      sourceUrl: 'https://penalty.example/1',
    });
    expect(reasons().sort()).toEqual(['exposure-incomplete', 'suspicion', 'uscc-invalid']);
    expect(contents().map(({ subjectType }) => subjectType)).toEqual([
      'supplier',
      'supplier',
      'supplier',
      'expert',
      'agency',
      'supplier',
    ]);
  });

  test('is read the same from CSV, XLSX, JSON and HTML', async () => {
    await read();
    const before = contents();
    const [headers = [], ...rows] = csv()
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const html = `<table>${[headers, ...rows].map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;
    const json = JSON.stringify(rows.map((cells) => Object.fromEntries(headers.map((name, at) => [name, cells[at]]))));
    const xlsx = await writeXlsx({ sheets: [{ name: '双公示', rows: [headers, ...rows] }] });
    const mapping = readFileSync(join(root, 'penalties/mapping.json'));
    for (const [folder, file, content] of [
      ['html', 'a.html', `<html><body>${html}</body></html>`],
      ['json', 'a.json', json],
      ['xlsx', 'a.xlsx', xlsx],
    ] as const) {
      cpSync(join(root, 'penalties'), join(root, folder), { recursive: true });
      rmSync(join(root, folder, 'decisions.csv'));
      place(`${folder}/${file}`, content);
      place(`${folder}/mapping.json`, mapping);
      addFolder(folder);
      // The same decisions from another source: no entry twice, none changed.
      expect(await read(folder), folder).toMatchObject({ created: 0, changed: 0, unchanged: 6, rejected: 2 });
    }
    expect(contents()).toEqual(before);
  });

  test('a second reading changes nothing; a changed decision is a version and a correction', async () => {
    await read();
    expect(await read()).toMatchObject({ created: 0, changed: 0, unchanged: 6 });
    place('penalties/decisions.csv', csv().replace('罚款6.00万元', '罚款5.00万元').replace(',6,,', ',5,,'));
    expect(await read()).toMatchObject({ created: 0, changed: 1 });
    expect(contents()[0]).toMatchObject({ fineFen: 5_000_000 });
    expect(pluck(`SELECT kind FROM exposure_events WHERE kind = 'corrected'`)).toHaveLength(1);
    expect(pluck('SELECT max(version) FROM exposure_versions')).toEqual([2]);
  });

  test('repair and revocation end publication from their day on; a withheld minor record never has one', async () => {
    await read();
    const ended = () => pluck<string>(`SELECT public_until FROM exposures WHERE decision_key LIKE '%6号'`)[0];
    expect(ended()).toBe('2026-05-31T16:00:00.000Z');
    expect(pluck(`SELECT decision_key FROM exposures WHERE withheld = 1`)).toEqual(['演财罚[2026]3号']);
    place('penalties/decisions.csv', csv().replace(',示例市财政局,,,曲阜市,https', ',示例市财政局,,是,曲阜市,https'));
    await read();
    const [until = ''] = pluck<string>(`SELECT public_until FROM exposures WHERE decision_key LIKE '%1号'`);
    expect(Math.abs(Date.parse(until) - Date.now())).toBeLessThan(60_000);
    const [again] = [await read(), await read()];
    expect(again).toMatchObject({ changed: 0 });
  });

  test('an entry that its source no longer lists is flagged, not removed', async () => {
    await read();
    place('penalties/decisions.csv', csv().replace(/^示例丁.*\n/m, ''));
    await read();
    expect(pluck(`SELECT decision_key FROM exposures WHERE gone_at IS NOT NULL`)).toEqual(['演住建罚[2026]5号']);
  });

  test('a refused row is judged again on demand', async () => {
    await read();
    expect(retryRejected(db, TESTER)).toEqual({ accepted: 0, rejected: 2, deferred: 0 });
  });
});

describe('natural persons', () => {
  test('leave no name and no number outside the private raw items', async () => {
    await read();
    const expert = contents().find(({ subjectType }) => subjectType === 'expert');
    expect(expert).toMatchObject({ subjectName: '公冶**', subjectUscc: null });
    expect(expert?.facts).toMatch(/^公冶\*\*（身份证号3708\*+/);
    expect(expert?.penaltyContent).toBe('对公冶**罚款0.5万元');
    const tables = pluck<string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('raw_items')`);
    for (const table of tables.filter((name) => !/^(?:sqlite|search|organization_search)/.test(name))) {
      expect(JSON.stringify(db.$client.prepare(`SELECT * FROM "${table}"`).all()), table).not.toContain(NAME);
    }
    db.$client.pragma('wal_checkpoint(TRUNCATE)');
    expect(readFileSync(path).toString('latin1')).not.toMatch(/370899\d{11}[\dX]|13800138000/);
  });

  test('that look alike once masked are not taken for one', async () => {
    const [line = ''] = /^公冶砚棠.*$/m.exec(csv()) ?? [];
    place('penalties/decisions.csv', `${csv()}${line.replaceAll(NAME, '公冶禾湛')}\n`);
    await read();
    expect(reasons()).toContain('person-ambiguous');
    expect(pluck(`SELECT count(*) FROM exposures WHERE subject_type = 'expert'`)).toEqual([1]);
  });
});

describe('verify', () => {
  const breaches = async () =>
    (
      await verifyInvariants(db, [
        ...SCHEMA_CHECKS,
        ...EXPOSURE_CHECKS,
        exposurePersonalDataCheck((text) => redactPersonalData(text).masked),
      ])
    )
      .filter((result) => result.breaches > 0)
      .map(({ key }) => key);

  test('holds after ingest, and finds what it is made to find', async () => {
    await read();
    expect(await breaches()).toEqual([]);
    db.$client.exec(`UPDATE exposures SET public_until = '2099-01-01T00:00:00.000Z' WHERE subject_type = 'agency'`);
    expect(await breaches()).toEqual(['exposure-rows']);
    db.$client.exec('DROP TRIGGER exposure_contents_no_update');
    expect(await breaches()).toEqual(['append-only', 'exposure-rows']);
    db.$client.exec(`UPDATE exposure_contents SET content = replace(content, '公冶**', '13800138000')`);
    expect(await breaches()).toEqual(expect.arrayContaining(['exposure-versions', 'exposure-personal-data']));
  });
});

describe('recordExposureEvent', () => {
  test('stops publication, once, and knows its entries', async () => {
    await read();
    const [id = ''] = pluck<string>(`SELECT id FROM exposures WHERE decision_key LIKE '%5号'`);
    const repaired = { kind: 'repaired', at: '2026-09-01T01:00:00.000Z', basis: '信用修复决定书' } as const;
    recordExposureEvent(db, id, repaired, byTester());
    recordExposureEvent(db, id, repaired, byTester());
    expect(pluck(`SELECT public_until FROM exposures WHERE id = '${id}'`)).toEqual([repaired.at]);
    expect(pluck(`SELECT count(*) FROM exposure_events WHERE exposure_id = '${id}'`)).toEqual([1]);
    expect(() => recordExposureEvent(db, 'aaaaaaaaaaaa', repaired, byTester())).toThrow('没有这个条目');
    expect(() => db.$client.exec('DELETE FROM exposure_events')).toThrow('append-only');
    expect(() => db.$client.exec(`UPDATE exposure_contents SET hash = ''`)).toThrow('append-only');
  });
});

test('staff record a credit repair by command, with its ground', async () => {
  await read();
  const [id = ''] = pluck<string>(`SELECT id FROM exposures WHERE decision_key LIKE '%5号'`);
  const env = { ...process.env, DATA_DIR: dirname(db.$client.name) };
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, ['scripts/exposures.ts', ...words], { env });
  await expect(run('record', id, 'repaired')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('依据'),
  });
  await expect(run('record', id, 'gone', '--basis', 'x')).rejects.toMatchObject({ code: 1 });
  await run('record', id, 'repaired', '--basis', '演信修〔2026〕1号', '--at', '2026-09-01');
  expect(pluck(`SELECT public_until FROM exposures WHERE id = '${id}'`)).toEqual(['2026-08-31T16:00:00.000Z']);
  expect(pluck(`SELECT basis FROM exposure_events WHERE exposure_id = '${id}'`)).toEqual(['演信修〔2026〕1号']);
});
