import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disclosureFindings, logLeaves, noticeCounts } from '#db/schema/index.ts';
import { TOTALS_2020 } from '#scripts/demo/generate/year-2020.ts';
import { createPastRequests } from '#scripts/demo/past-requests.ts';
import { demoSession, publishDemoReport } from '#scripts/demo/reports.ts';
import { createDemoStaff } from '#scripts/demo/staff.ts';
import { createDemoSubmissions } from '#scripts/demo/submissions.ts';
import { toReportDocument } from '#src/documents/annual-report/report.ts';
import { toHtml } from '#src/documents/html.ts';
import { toPlainText } from '#src/documents/plain-text.ts';
import { emptyArticle } from '#src/domain/articles/content.ts';
import { ConflictError, ForbiddenError, InputError } from '#src/domain/errors.ts';
import { getReportFile, listReports } from '#src/publish/annual-report/store.ts';
import { publishArticle } from '#src/publish/articles/store.ts';
import { findDeadLinks } from '#src/server/disclosure/dead-links.ts';
import { listFindings } from '#src/server/disclosure/findings.ts';
import { findGaps, saveFindings } from '#src/server/disclosure/self-check.ts';
import { checkNow } from '#src/worker/check-disclosure.ts';
import { numbersOf, readDocx, readHtml, readPdf } from '#tests/support/read-documents.ts';
import { StaffRig } from '#tests/support/staff-rig.ts';

const MODEL = '../shared/seeds/000_d9edef48b63a17cb.txt';
let rig: StaffRig;
let directory: string;

beforeAll(async () => {
  rig = new StaffRig();
  directory = mkdtempSync(join(tmpdir(), 'reports-'));
  await createDemoStaff(rig.db, rig.now);
  for (const [category, total] of Object.entries(TOTALS_2020))
    rig.db
      .insert(noticeCounts)
      .values({ category: category as 'land', stage: 'awardNotice', county: 'jining', year: 2020, total })
      .run();
  await createDemoSubmissions(rig.db, directory, rig.now);
  await createPastRequests(rig.db, directory);
  await publishDemoReport(rig.db, rig.now);
});
afterAll(() => {
  rig.close();
  rmSync(directory, { recursive: true });
});

const enter = (loginName: string) => demoSession(rig.db, loginName, rig.now);
const published = () => {
  const [report] = listReports(rig.db);
  if (!report) throw new Error('nothing is published');
  return report;
};

describe('the report of 2020', () => {
  test('has the figures that the year’s ledgers and notices have, and stands in the log', () => {
    const { content, version } = published();
    expect(version).toBe(1);
    expect(content.cells).toMatchObject({
      ...{ 'publications.construction': 1748, 'publications.general': 293, 'text.counties': 14 },
      ...{ 'three.newReceived.person': 3, 'three.newReceived.business': 4, 'three.granted.total': 7 },
      ...{ 'text.hotlineCalls': 29, 'text.complaintsTransferred': 8, 'text.biddersReferred': 6 },
      'two.centralProcurement.count': 0,
    });
    const leaves = rig.db.select().from(logLeaves).all();
    expect(
      leaves.filter(({ type }) => type === 'report').map(({ subjectId, version }) => [subjectId, version]),
    ).toEqual([['2020-2020', 1]]);
  });

  test.runIf(existsSync(MODEL))('has every figure of the model report', () => {
    const own = new Set(numbersOf(toPlainText(toReportDocument(published().content)).replaceAll(/\s+/g, '|')));
    const model = readFileSync(MODEL, 'utf8').split('二、主动公开政府信息情况')[0] ?? '';
    // 〔2020〕31号 under either number, years and laws aside.
    const figures = [...model.matchAll(/(\d+)(?:条|件|起|家|个|人次|%|号）)/g)].map(([, figure]) => figure ?? '');
    expect(figures.length).toBeGreaterThan(15);
    expect(figures.filter((figure) => !own.has(figure))).toEqual([]);
  });

  test('is the same as HTML, PDF and DOCX, number by number', async () => {
    const report = published();
    const html = numbersOf(readHtml(toHtml(toReportDocument(report.content)), '|'));
    const [pdf, docx] = [getReportFile(rig.db, report, 'pdf'), getReportFile(rig.db, report, 'docx')];
    expect(numbersOf(readDocx(docx ?? Buffer.alloc(0), '|'))).toEqual(html);
    expect(numbersOf((await readPdf(pdf ?? Buffer.alloc(0), '|')).words)).toEqual(html);
  });
});

describe('publishing', () => {
  test('needs another person, what was submitted, cells that fit, and a reason for what contradicts itself', async () => {
    const [writer, publisher] = [enter('gongkai'), enter('fushen')];
    const { reports } = rig.console;
    const key = { year: 2021, form: '2021' } as const;
    const seen = () => ({ ...key, revision: reports.open(writer, key).draft?.revision ?? 0 });
    const cells = Object.fromEntries(
      reports
        .open(writer, key)
        .assessment.faults.filter(({ message }) => message === '没有填写')
        .flatMap(({ cell }) => (cell === 'problems' ? [] : [[cell, { value: 0, source: '登记簿' }]])),
    );
    const broken = {
      cells: { ...cells, 'three.granted.person': { value: 5, source: '误填' } },
      texts: { problems: '下一年继续推进。' },
    };
    await reports.save(writer, seen(), broken);
    await expect(reports.submit(writer, seen())).rejects.toThrow(InputError);
    await expect(reports.submit(writer, seen())).rejects.toMatchObject({
      fields: [{ message: expect.stringContaining('表三 · （七）总计 · 自然人') }],
    });
    await reports.save(writer, seen(), { ...broken, cells, texts: { problems: '答复政协提案2两件。' } });
    await reports.submit(writer, seen());
    await expect(reports.save(writer, seen(), broken)).rejects.toThrow(ConflictError);
    await expect(reports.publish(writer, seen(), '核实')).rejects.toThrow(ForbiddenError);
    await expect(reports.publish(publisher, seen(), '')).rejects.toMatchObject({ fields: [{ name: 'reason' }] });
    rig.db
      .insert(noticeCounts)
      .values({ category: 'land', stage: 'awardNotice', county: 'qufu', year: 2021, total: 3 })
      .run();
    await expect(reports.publish(publisher, seen(), '核实')).rejects.toThrow('提交以后数据有了变化');
    await reports.giveBack(publisher, seen(), '数据有变化');
    await reports.submit(writer, seen());
    await reports.publish(publisher, seen(), '件数已核实');
    expect(listReports(rig.db)[0]).toMatchObject({ year: 2021, form: '2021', version: 1, reason: '件数已核实' });
    expect(reports.open(writer, key).draft?.state).toBe('published');
  });
});

describe('the self-check', () => {
  test('finds what is stale and missing, keeps since when, lets it be explained, and forgets what is mended', async () => {
    const found = findGaps(rig.db, rig.now);
    expect(found.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['首页和公告列表', '栏目“政策解读”', '2025 年度报告']),
    );
    saveFindings(rig.db, ['stale', 'missing'], found, rig.now);
    const first = listFindings(rig.db).findings;
    rig.pass(86_400);
    saveFindings(rig.db, ['stale', 'missing'], found.slice(1), rig.now);
    expect(listFindings(rig.db).findings.map(({ since }) => since)).toEqual(first.slice(1).map(({ since }) => since));
    const officer = enter('gongkai');
    const waiting = rig.console.work.rows(officer, 'disclosure', { county: null, after: null }).rows;
    expect(waiting).toHaveLength(found.length - 1);
    await rig.console.work.act(officer, 'disclosure', waiting[0]?.id ?? '', { reason: '本年没有这类事项' });
    expect(rig.console.work.rows(officer, 'disclosure', { county: null, after: null }).rows).toHaveLength(
      found.length - 2,
    );
    expect(
      rig.db
        .select()
        .from(disclosureFindings)
        .all()
        .filter(({ explanation }) => explanation !== null),
    ).toHaveLength(1);
  });

  test('finds a link in an article that has gone dead, and shows it to the public and in the queue of staff', async () => {
    const context = { actor: 'job:seed-articles', now: rig.now } as const;
    const said = {
      title: '通知',
      summary: '摘要',
      source: '中心',
      bodyHtml: '<p><a href="/notice/gone">原公告</a></p>',
    };
    const content = emptyArticle('announcement', said);
    publishArticle(rig.db, { id: 'aaaaaaaaaaaa', county: 'jining', content, note: '' }, context);
    const server = createServer(({ url = '' }, response) => {
      response.writeHead(url === '/notice/gone' ? 410 : 200);
      response.end(url === '/article/aaaaaaaaaaaa' ? said.bodyHtml : '');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { signal } = new AbortController();
    await checkNow(rig.db, `http://127.0.0.1:${port}`, signal, { most: 1_000, pauseMs: 0 });
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    const planted = { title: '/notice/gone', detail: expect.stringContaining('应答 410，见于 /article/aaaaaaaaaaaa') };
    expect(listFindings(rig.db).findings).toContainEqual(expect.objectContaining({ kind: 'dead', ...planted }));
    const { rows } = rig.console.work.rows(enter('gongkai'), 'disclosure', { county: null, after: null });
    expect(rows).toContainEqual(expect.objectContaining(planted));
  });

  test('finds links of this site that lead nowhere, and says nothing of a site that is down', async () => {
    const pages: Record<string, string> = {
      '/': '<a href="/good">好</a><a class="x" href="/gone?a=1&amp;b=2#z">坏</a><a href="//else.example/">外</a>',
      '/good': '',
    };
    const server = createServer(({ url = '' }, response) => {
      response.writeHead(pages[url] === undefined ? 404 : 200).end(pages[url]);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const check = {
      siteUrl: `http://127.0.0.1:${port}`,
      pages: ['/'],
      most: 50,
      pauseMs: 0,
      signal: new AbortController().signal,
    };
    expect(await findDeadLinks(check)).toEqual([
      expect.objectContaining({ kind: 'dead', subject: '/gone?a=1&b=2', detail: '应答 404，见于 /' }),
    ]);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    expect(await findDeadLinks(check)).toBeNull();
  });
});
