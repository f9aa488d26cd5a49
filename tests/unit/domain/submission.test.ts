import { expect, test } from 'vitest';
import { FACT_KEYS } from '#src/domain/facts/facts.ts';
import { findObstacle, LEFT_OUT, type SubmissionNotice, toRecord } from '#src/domain/submission/fields.ts';

const notice: SubmissionNotice = {
  category: 'procurement',
  stage: 'awardNotice',
  county: 'qufu',
  title: '某某县第一中学设备采购项目中标公告',
  bodyHtml: '<p>正文</p>',
  publishedAt: '2026-06-15T01:30:00.000Z',
  sourceName: '曲阜市公共资源交易网',
  sourceUrl: 'https://trade.example/1',
  projectCode: 'SDGP370881202600123',
  lotCode: null,
  buyer: '某某县第一中学',
  agency: null,
  suppliers: ['某某科技有限公司', '某某贸易有限公司'],
  awardFen: 56_980_000,
  facts: { supplierCode: { text: '91370881MA00000000' } },
  versionAt: '2026-06-15T01:31:00.000Z',
};

test('a notice in the fields of the specification; what it does not say is left out', () => {
  expect(toRecord(notice, { PLATFORM_CODE: 'P1', PUB_SERVICE_PLAT_CODE: undefined })).toEqual({
    PLATFORM_CODE: 'P1',
    DEAL_CLASSIFY: '02',
    DEAL_STAGE: '0202',
    PROJECT_CODE: 'SDGP370881202600123',
    REGION_CODE: '370881',
    TENDERER_NAME: '某某县第一中学',
    NOTICE_NAME: '某某县第一中学设备采购项目中标公告',
    NOTICE_CONTENT: '<p>正文</p>',
    NOTICE_SEND_TIME: '2026-06-15 09:30:00',
    NOTICE_MEDIA: '曲阜市公共资源交易网',
    URL: 'https://trade.example/1',
    WIN_BIDDER_NAME: '某某科技有限公司、某某贸易有限公司',
    WIN_BIDDER_CODE: '91370881MA00000000',
    BID_AMOUNT: '56.98',
    PRICE_UNIT: '万元',
    DATA_TIMESTAMP: '2026-06-15 09:31:00',
  });
});

test('sums are exact to the fen, and no sum is no zero', () => {
  const amount = (awardFen: number | null) => toRecord({ ...notice, awardFen }, {}).BID_AMOUNT;
  expect([1, 100, 1_000_000, 123_456_789_01].map(amount)).toEqual(['0.000001', '0.0001', '1', '12345.678901']);
  expect(amount(null)).toBeUndefined();
});

test('zones without a division code of their own have none', () => {
  expect(toRecord({ ...notice, county: 'jingkai' }, {}).REGION_CODE).toBeUndefined();
  expect(toRecord({ ...notice, county: 'gaoxin' }, {}).REGION_CODE).toBeUndefined();
});

test('stages without a sure code are not submitted', () => {
  expect(findObstacle({ category: 'procurement', stage: 'procurementIntention' })).toMatch(/DEAL_STAGE/);
  expect(findObstacle({ category: 'medical', stage: 'tenderNotice' })).toMatch(/DEAL_STAGE/);
  expect(findObstacle(notice)).toBeUndefined();
});

test('no field is both written and said to be left out', () => {
  const facts = Object.fromEntries(FACT_KEYS.map((key) => [key, { text: 'x' }]));
  const written = Object.keys(toRecord({ ...notice, facts, agency: 'x', lotCode: 'x' }, {}));
  expect(Object.keys(LEFT_OUT).filter((field) => written.includes(field))).toEqual([]);
});
