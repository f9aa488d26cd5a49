import { describe, expect, test } from 'vitest';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { ocds } from '#src/ingest/adapters/ocds.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { type PreparedNotice, prepareNotice } from '#src/publish/prepare/prepare.ts';
import { fixture, HAS_SAMPLES, openFeed, sample } from '#tests/support/open-feed.ts';

const PACKAGE = 'https://zoucheng.example/ocds/p1.json';
const open = (more: object = {}) => openFeed(ocds, { packages: [PACKAGE], ...more }, { until: '2026-06-30' });
const RELEASES = fixture('ocds/releases.json');

/** The package with one release, changed. */
function withRelease(more: object): string {
  const whole = JSON.parse(RELEASES.toString());
  return JSON.stringify({ ...whole, releases: [{ ...whole.releases[0], ...more }] });
}

const prepare = (draft: NoticeDraft | undefined) =>
  prepareNotice(draft as NoticeDraft, { sourceKey: 'ocds-zoucheng', publishedBy: 'zoucheng' });
const readAll = ({ content, reading }: PreparedNotice) => ({ ...content, ...reading });

describe('release packages', () => {
  test('each release is a notice, its stage told by its tag', () => {
    const { drafts, faults } = open().page(RELEASES);
    expect(drafts.map(({ sourceItemId, title, mapping }) => [sourceItemId, title, mapping?.stage])).toEqual([
      ['ocds-x1y2z3-0001/1-tender', '邹城市某某路排水工程公开招标公告', 'tenderNotice'],
      ['ocds-x1y2z3-0001/2-amendment', '邹城市某某路排水工程公开招标公告（更正）', 'correctionNotice'],
      ['ocds-x1y2z3-0001/3-award', '邹城市某某路排水工程中标结果公告', 'awardNotice'],
      ['ocds-x1y2z3-0001/4-candidates', '邹城市某某路排水工程公开招标公告', 'candidateNotice'],
      ['ocds-x1y2z3-0002/6-unknown', '某某项目', undefined],
    ]);
    expect(faults).toMatchObject([{ sourceItemId: 'ocds-x1y2z3-0001/5-nodate', reason: '条目缺少或写错“date”' }]);
  });

  test('what the pipeline makes of them: stage, time with zone, money in fen, deadline in Shanghai time', () => {
    const [tender, amendment, award, candidates] = open()
      .page(RELEASES)
      .drafts.map((draft) => (draft.mapping ? readAll(prepare(draft)) : undefined));
    expect(tender).toMatchObject({
      stage: 'tenderNotice',
      category: 'construction',
      county: 'zoucheng',
      publishedAt: '2026-05-06T01:00:00.000Z',
      projectCode: 'SDGP370883000202602000901',
      sourceUrl: 'https://zoucheng.example/n/1.html',
    });
    expect(tender?.facts.budget?.fen).toBe(400_000_000);
    expect(tender?.facts.deadline?.instant).toBe('2026-05-27T01:30:00.000Z');
    expect(tender?.facts.buyer?.text).toBe('邹城市某某局');
    expect(tender?.facts.agency?.text).toBe('山东某某项目管理有限公司');
    expect(amendment).toMatchObject({ stage: 'correctionNotice', publishedAt: '2026-05-12T02:30:00.000Z' });
    expect(amendment?.facts.budget?.fen).toBe(385_000_050);
    expect(award?.facts.awardAmount?.fen).toBe(379_999_900);
    expect(award?.facts.supplier?.text).toBe('济宁某某建设有限公司');
    expect(award?.publishedPrecision).toBe('day');
    expect(candidates?.stage).toBe('candidateNotice');
    expect(candidates?.facts.supplier?.text).toBe('济宁第1建设有限公司、济宁第2建设有限公司');
  });

  test('bodies are made of the descriptive parts, as text; entries that are null are left out', () => {
    const { bodyHtml } = open().page(RELEASES).drafts[0] as NoticeDraft;
    expect(bodyHtml).toContain('<p>计划 2026 年开工。</p>');
    expect(bodyHtml).toContain('<tr><td>检查井 &lt;砖砌&gt;</td><td>40</td><td>座</td></tr>');
  });

  test('contact points and addresses of parties reach no part of a draft', () => {
    const { drafts } = open().page(RELEASES);
    expect(JSON.stringify(drafts)).not.toMatch(/13800138000|某某甲|某某乙|a@zoucheng|某某路 1 号/);
  });

  test('documents are attachments, each once and only with an address', () => {
    const { attachments } = open().page(RELEASES).drafts[0] as NoticeDraft;
    expect(attachments).toEqual([
      { name: '招标公告', url: 'https://zoucheng.example/n/1.html' },
      { name: '招标文件.pdf', url: 'https://zoucheng.example/f/1.pdf' },
    ]);
  });

  test('foreign money is shown and never counted', () => {
    const foreign = withRelease({ planning: { budget: { amount: { amount: 5, currency: 'GBP' } } } });
    const { facts } = prepare(open().page(foreign).drafts[0]).reading;
    expect(facts.budget).toMatchObject({ text: '5 GBP' });
  });

  test('kinds are mapped by the settings; unmapped ones and releases without a kind stay unmapped', () => {
    const feed = open({ categories: { works: 'procurement', none: 'general' } });
    expect(feed.page(withRelease({})).drafts[0]?.mapping?.category).toBe('procurement');
    expect(feed.page(withRelease({ tender: { title: '甲项目' } })).drafts[0]).toMatchObject({
      column: { code: 'none/tender' },
      mapping: { category: 'general', stage: 'tenderNotice' },
    });
    expect(open().page(withRelease({ tender: { title: '甲项目' } })).drafts[0]?.mapping).toBeUndefined();
  });

  test('of several tags the furthest counts; a plan is one of the kind that the category has', () => {
    const stageOf = (tag: string[]) => open().page(withRelease({ tag })).drafts[0]?.mapping?.stage;
    expect(stageOf(['planning', 'tender'])).toBe('tenderNotice');
    expect(stageOf(['contract', 'award'])).toBe('contractNotice');
    expect(stageOf(['planning'])).toBe('tenderPlan');
    expect(stageOf(['tenderCancellation'])).toBe('terminationNotice');
  });

  test('parts of a wrong type are absent, not fatal', () => {
    const odd = withRelease({ awards: 'none', contracts: [7], parties: null, planning: { budget: 3 } });
    expect(open().page(odd).drafts).toHaveLength(1);
  });

  test('the version may be a number, and that of 1.0 is told by its address only', () => {
    const { version: _version, ...old } = JSON.parse(RELEASES.toString());
    for (const whole of [{ ...old, version: 1.1 }, old])
      expect(open().page(JSON.stringify(whole)).drafts).toHaveLength(5);
  });

  test('the next package is followed at the same site only', () => {
    expect(open().page(RELEASES).next?.url).toBe('https://zoucheng.example/ocds/p2.json');
    const text = RELEASES.toString().replace('/ocds/p2.json', 'https://elsewhere.example/p2.json');
    expect(open().page(text).next).toBeUndefined();
  });
});

describe('record packages', () => {
  test('their releases are read; compiled records and mere links are faults', () => {
    const { drafts, faults } = open().page(fixture('ocds/records.json'));
    expect(drafts.map(({ sourceItemId }) => sourceItemId)).toEqual([
      'ocds-x1y2z3-0001/1-tender',
      'ocds-x1y2z3-0001/2-amendment',
    ]);
    expect(faults.map(({ reason }) => reason)).toEqual(['记录没有逐次发布的内容', '记录只有发布的链接，没有内容']);
  });
});

test.each([
  '',
  '<html><body>登录</body></html>',
  '[]',
  'null',
  '{}',
  '{"version":"1.1"}',
  '{"releases":[]}',
  '{"version":"2.0","releases":[]}',
  '{"version":"1.1","releases":{}}',
  RELEASES.toString().slice(0, 3_000),
])('%j is no package', (answer) => expect(() => open().page(answer)).toThrow(FeedFormatError));

test.skipIf(!HAS_SAMPLES)('the standard’s example: one contract, six documents, pounds not counted', () => {
  const { drafts, faults, next } = open().page(sample('ocds-1.1.release-package.json'));
  expect([drafts.length, faults, next]).toEqual([1, [], undefined]);
  const draft = drafts[0] as NoticeDraft;
  expect(draft).toMatchObject({
    title: 'Contract to build new cycle lanes in the centre of town.',
    mapping: { category: 'construction', stage: 'contractNotice' },
    projectCode: 'ocds-213czf-000-00001',
  });
  expect(parseFeedTime(draft.published.raw)?.instant).toBe('2011-01-10T09:30:00.000Z');
  expect(draft.attachments).toHaveLength(6);
  expect(JSON.stringify(draft)).not.toMatch(/01234 345|contracts@anycorp|Anytown/);
  const { facts } = prepare({ ...draft, countyText: undefined }).reading;
  expect(facts.contractAmount).toMatchObject({ text: '1096000 GBP' });
});
