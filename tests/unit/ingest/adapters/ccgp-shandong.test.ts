import { describe, expect, test } from 'vitest';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { ccgpShandong } from '#src/ingest/adapters/ccgp-shandong.ts';
import type { FeedRequest } from '#src/ingest/types.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { draftHash } from '#src/publish/prepare/fingerprints.ts';
import { prepareNotice } from '#src/publish/prepare/prepare.ts';
import { fixture, openFeed } from '#tests/support/open-feed.ts';

const COLUMNS = { '0303': { label: '市县采购公告', category: 'procurement', stage: 'tenderNotice' } } as const;
const open = (more: object = { columns: COLUMNS }) =>
  openFeed(ccgpShandong, { area: '370800', ...more }, { until: '2026-06-30' });
const LIST = fixture('ccgp-shandong/list.json');
const bodyOf = (request: FeedRequest | undefined) => JSON.parse(request?.body ?? '{}');

/** An answer in both envelopes. */
const answer = (data: unknown, outer: object = {}, inner: object = {}) =>
  JSON.stringify({ status: 200, message: 'OK', data: { code: 100, message: '', data, ...inner }, ...outer });

const first = (): NoticeDraft => open().page(LIST).drafts[0] as NoticeDraft;

describe('the list', () => {
  test('one list for each column, asked for as the site’s own pages do', () => {
    const { requests } = open({});
    const asked = requests.map(bodyOf).map(({ colCode, area, currentPage }) => [colCode, area, currentPage]);
    expect(asked.sort()).toEqual([
      ['0303', '370800', 1],
      ['0304', '370800', 1],
      ['2504', '370800', 1],
    ]);
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/json;charset=UTF-8',
      origin: 'http://www.ccgp-shandong.gov.cn',
    });
  });

  test('rows become drafts; rows without token or time are faults; pages count from 1', () => {
    const { drafts, faults, next } = open().page(LIST);
    expect(drafts.map(({ title, countyText, mapping }) => [title, countyText, mapping?.stage])).toEqual([
      ['邹城市某某学校空调采购项目公开招标公告', '邹城市', 'tenderNotice'],
      ['曲阜市某某局信息系统采购项目竞争性磋商公告', '曲阜市', 'tenderNotice'],
      ['任城区某某医院设备采购项目公开招标公告', '任城区', 'tenderNotice'],
      ['任城区某某医院设备采购项目公开招标公告', '任城区', 'tenderNotice'],
    ]);
    expect(faults.map(({ reason }) => reason)).toEqual(['条目缺少编号', '条目缺少发布时间']);
    expect(bodyOf(next)).toMatchObject({ colCode: '0303', currentPage: 2 });
    expect(
      open().page(LIST, { ...(next as FeedRequest), body: next?.body?.replace('"currentPage":2', '"currentPage":3') })
        .next,
    ).toBeUndefined();
  });

  test('trap 4: another token is the same notice, unchanged', () => {
    const again = LIST.toString().replaceAll(/"id": "tok/g, '"id": "other');
    const [before, after] = [open().page(LIST).drafts, open().page(again).drafts];
    expect(after.map(({ extra }) => extra.id)).not.toEqual(before.map(({ extra }) => extra.id));
    expect(after.map(({ sourceItemId }) => sourceItemId)).toEqual(before.map(({ sourceItemId }) => sourceItemId));
    expect(after.map(draftHash)).toEqual(before.map(draftHash));
  });

  test('trap 3: rows of one title, time and place under different tokens stay apart; the same row twice does not', () => {
    const { drafts } = open().page(LIST);
    expect(new Set(drafts.map(({ sourceItemId }) => sourceItemId)).size).toBe(4);
    const same = open().page(LIST.toString().replace('tokC2', 'tokC1')).drafts;
    expect(new Set(same.map(({ sourceItemId }) => sourceItemId)).size).toBe(3);
  });

  test.each([
    ['the inner code 999', answer(null, {}, { code: 999 }), /稍后再试/],
    ['the outer code 999', answer(null, { status: 999 }), /稍后再试/],
    ['999 as text without data', '{"code":"999","message":"x"}', /稍后再试/],
    ['another code', answer(null, {}, { code: 500, message: '参数有误' }), /参数有误/],
    ['an outer failure', answer({ records: [], pages: 0 }, { status: 500, message: '内部错误' }), /内部错误/],
    ['no rows on a page that exists', answer({ records: [], pages: 3 }), /与其页数不符/],
    ['no list', answer({ pages: 3 }), /records/],
    ['a page', '<html><body>系统繁忙</body></html>', /网页/],
    ['nothing', '', /空/],
    ['a cut answer', LIST.toString().slice(0, 900), /不完整/],
  ])('%s is a failure with its reason', (_name, text, reason) => {
    expect(() => open().page(text)).toThrow(FeedFormatError);
    expect(() => open().page(text)).toThrow(reason);
  });

  test('a column without any notice is empty, not broken', () => {
    expect(open().page(answer({ records: [], pages: 0 }))).toEqual({ drafts: [], faults: [], next: undefined });
  });
});

describe('the detail', () => {
  test('is asked for with the token of this run', () => {
    const { settings } = open();
    const request = ccgpShandong.detail?.(first(), settings);
    expect(new URL(request?.url ?? '').searchParams.toString()).toBe('id=tokA1%3D%3D&colCode=0303&oldData=0');
    expect(first().url).toBeUndefined();
  });

  test.each(['gbk', 'utf-8'])('trap 15: a body in base64 of undeclared %s', (encoding) => {
    const whole = open().detail(fixture(`ccgp-shandong/detail-${encoding}.json`), first());
    expect(whole.bodyHtml).toContain('济宁某某电器有限公司');
    expect(whole.bodyHtml).not.toContain('<script');
    expect(ccgpShandong.detail?.(whole, open().settings)).toBeUndefined();
  });

  test('a flattened result table is read by its header', () => {
    const whole = open().detail(fixture('ccgp-shandong/detail-gbk.json'), first());
    const award = {
      ...whole,
      title: '某某学校空调采购项目中标公告',
      mapping: { category: 'procurement', stage: 'awardNotice' },
    } as const;
    const { content, reading } = prepareNotice(award, { sourceKey: 'ccgp-shandong', publishedBy: 'jining' });
    expect(reading.facts.awardAmount?.fen).toBe(199_200_000);
    expect(reading.facts.supplier?.text).toBe('济宁某某电器有限公司');
    expect(content).toMatchObject({ county: 'zoucheng', sourceUrl: null });
    expect(reading.projectCode).toBe('SDGP370883000202602000111');
  });

  test('files of the answer and links of the body are attachments', () => {
    const { attachments } = open().detail(fixture('ccgp-shandong/detail-gbk.json'), first());
    expect(attachments).toEqual([
      { name: '招标文件.zip', url: 'https://www.ccgp-shandong.gov.cn:8087/api/file/1?x=1&copy=2' },
      { name: '采购文件.pdf', url: 'http://www.ccgp-shandong.gov.cn/f/1.pdf' },
    ]);
  });

  test.each([
    ['a notice that does not exist', answer(null, {}, { code: 500, message: '公告正文不存在' }), /公告正文不存在/],
    ['an empty body', answer({ body: '', files: null }), /没有可读的正文/],
    ['no body', answer({}), /没有可读的正文/],
    ['bytes of no charset', answer({ body: Buffer.from([0xff, 0xff, 0xff, 0x80]).toString('base64') }), /文字编码/],
    ['try later', answer(null, {}, { code: '999' }), /稍后再试/],
  ])('%s is refused', (_name, text, reason) => {
    expect(() => open().detail(text, first())).toThrow(FeedFormatError);
    expect(() => open().detail(text, first())).toThrow(reason);
  });

  test('a body that is markup already is read as it is', () => {
    const body = `<p>${'采购公告正文。'.repeat(8)}</p>`;
    expect(open().detail(answer({ body }), first()).bodyHtml).toBe(body);
  });
});
