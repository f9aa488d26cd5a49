import { describe, expect, it } from 'vitest';
import { stateAfter } from '#src/domain/deals/standing.ts';
import { toDeal } from '#src/domain/deals/to-deal.ts';
import { toDisposal } from '#src/domain/disposals/to-disposal.ts';
import type { PublishedNotice } from '#src/domain/notices/published-notice.ts';
import { compileReleases } from '#src/domain/ocds/compile.ts';
import { parseOcid } from '#src/domain/ocds/identifiers.ts';
import type { Release } from '#src/domain/ocds/release.ts';
import { toRelease } from '#src/domain/ocds/to-release.ts';
import { constraintValidator, officialValidator } from '#tests/support/ocds-validator.ts';

const SITE = { url: 'https://trade.example', prefix: 'ocds-000000' };
const text = (value: string, more: object = {}) => ({ text: value, ...more });
const bidder = (name: string, fen: number, more: object = {}) => ({
  supplier: text(name),
  awardAmount: text(`${fen / 100} 元`, { fen }),
  ...more,
});

const BASE: PublishedNotice = {
  id: 'k3vq7mzt2f5a',
  title: '示例县桥梁工程招标公告',
  category: 'construction',
  stage: 'tenderNotice',
  county: 'qufu',
  publishedAt: '2026-06-01T01:00:00.000Z',
  publishedPrecision: 'minute',
  closesAt: null,
  superseded: null,
  dealState: null,
  deadlineAt: '2026-06-22T01:00:00.000Z',
  deadlinePrecision: 'minute',
  openingAt: null,
  openingPrecision: null,
  amountFen: 100_000_000,
  amountKind: 'budget',
  buyer: '示例县交通局',
  suppliers: [],
  tenderers: [],
  lots: { lots: 1, word: '标段', first: null },
  projectCode: 'SL-2026-1',
  projectId: 'p2xw6nha4c7e',
  version: 1,
  sourceName: '示例网',
  facts: {
    projectName: text('示例县桥梁工程'),
    procurementMethod: text('公开招标'),
    budget: text('100万元', { fen: 100_000_000 }),
  },
  agency: '某某招标代理有限公司',
  lotCode: null,
  sourceKey: 'site',
  sourceUrl: null,
  updatedAt: '2026-06-01T02:00:00.000Z',
  hash: 'a'.repeat(64),
  attachments: [
    { name: '招标文件.pdf', url: 'https://source.example/1 2.pdf', mediaType: null, size: null },
    { name: '清单', url: '不是网址', mediaType: null, size: null },
  ],
  parties: [
    { role: 'buyer', name: '示例县交通局', uscc: null, organizationId: 'b2xw6nha4c7e' },
    { role: 'agency', name: '某某招标代理有限公司', uscc: '91370811MA0068781A', organizationId: 'c2xw6nha4c7e' },
  ],
};

const stateOf = (notice: PublishedNotice, all = [notice]) => stateAfter(toDeal(all), notice);
const make = (more: Partial<PublishedNotice>, before: readonly PublishedNotice[] = []) => {
  const notice = { ...BASE, ...more };
  const state = stateOf(notice, [...before, notice]);
  return toRelease(notice, { code: BASE.projectCode, state, course: [] }, SITE);
};
const [A, B] = ['甲乙路桥有限公司', '丙丁路桥有限公司'];
const CANDIDATES = make({
  id: 'l3vq7mzt2f5a',
  stage: 'candidateNotice',
  publishedAt: '2026-06-25T01:00:00.000Z',
  suppliers: [A],
  parties: [{ role: 'supplier', name: A, uscc: null, organizationId: null }],
  facts: {
    candidates: text('2 项', {
      entries: [bidder(A, 90_000_000, { rank: text('第一名') }), bidder(B, 95_000_000, { rank: text('第二名') })],
    }),
  },
});
const awardTo = (name: string) =>
  make({
    id: 'm3vq7mzt2f5a',
    stage: 'awardNotice',
    publishedAt: '2026-07-01T01:00:00.000Z',
    suppliers: [name],
    amountKind: 'award',
    amountFen: 90_000_000,
    parties: [{ role: 'supplier', name, uscc: null, organizationId: null }],
    facts: {},
  });

/** A release as its readers get it. */
const toJson = (release: Release) => JSON.parse(JSON.stringify(release)) as Release;

describe('a release', () => {
  it('says what the notice says, in yuan and with zones', () => {
    expect(toJson(make({}))).toMatchObject({
      ocid: 'ocds-000000-p2xw6nha4c7e',
      id: 'k3vq7mzt2f5a-1',
      date: '2026-06-01T09:00:00+08:00',
      tag: ['tender'],
      buyer: { name: '示例县交通局' },
      tender: {
        id: 'SL-2026-1',
        title: '示例县桥梁工程',
        status: 'active',
        value: { amount: 1_000_000, currency: 'CNY' },
        procurementMethod: 'open',
        procurementMethodDetails: '公开招标',
        tenderPeriod: { endDate: '2026-06-22T09:00:00+08:00' },
        procuringEntity: { name: '某某招标代理有限公司' },
      },
    });
  });

  it('names parties by code only where the code is known, and addresses only that are addresses', () => {
    const { parties, tender } = toJson(make({}));
    expect(parties?.map(({ roles, identifier }) => [roles, identifier?.id])).toEqual([
      [['buyer'], undefined],
      [['procuringEntity'], '91370811MA0068781A'],
    ]);
    expect(tender?.documents?.map(({ url }) => url)).toEqual([
      'https://trade.example/notice/k3vq7mzt2f5a',
      'https://source.example/1%202.pdf',
      undefined,
    ]);
  });

  it('is an update from the second version on, under an id of its own', () => {
    expect(make({ version: 2 })).toMatchObject({ id: 'k3vq7mzt2f5a-2', tag: ['tenderUpdate'] });
    expect(make({ version: 2, stage: 'correctionNotice' }).tag).toEqual(['tenderAmendment']);
  });

  it('gives no figure and no bidder that is in doubt', () => {
    const release = make({
      stage: 'candidateNotice',
      facts: { candidates: text('1 项', { doubt: 'conflict', entries: [bidder(A, 1)] }) },
    });
    expect([release.bids, release.awards]).toEqual([undefined, undefined]);
  });

  it('says of the tender what the whole deal has come to: a lot that fails leaves it going, a suspension takes the status away', () => {
    const lots = text('2 项', { entries: [{ lot: text('1') }, { lot: text('2') }] });
    const call = { ...BASE, facts: { lots } };
    const course: PublishedNotice[] = (
      [
        ['failureNotice', { lotCode: '2' }],
        ['suspensionNotice', {}],
        ['resumptionNotice', {}],
        ['awardNotice', { lotCode: '1', suppliers: [A] }],
      ] as const
    ).map(([stage, more], index) => ({
      ...{ ...BASE, ...more, suppliers: 'suppliers' in more ? [...more.suppliers] : [], stage, facts: {} },
      ...{ id: `${index}3vq7mzt2f5a`, publishedAt: `2026-07-0${index + 1}T01:00:00.000Z`, deadlineAt: null },
    }));
    const all = [call, ...course];
    const statuses = all.map((notice) => stateOf(notice, all));
    expect(statuses).toEqual(['open', 'open', 'suspended', 'open', 'awarded']);
    const releases = all.map((notice, index) => make(notice, all.slice(0, index)));
    expect(releases.map(({ tender }) => tender?.status)).toEqual(['active', 'active', null, 'active', 'complete']);
    expect(compileReleases(releases.slice(0, 3)).tender).not.toHaveProperty('status');
    expect(make({ stage: 'failureNotice' }).tender?.status).toBe('unsuccessful');
  });

  it('makes an award of each lot of a result, and links a contract to its award', () => {
    const award = awardTo(A).awards?.[0];
    const contract = make({ stage: 'contractNotice', suppliers: [A], facts: {} }).contracts?.[0];
    expect(contract?.awardID).toBe(award?.id);
    const lots = text('2 项', { entries: [bidder(A, 1, { lot: text('1') }), bidder(B, 2, { lot: text('2') })] });
    const { awards, tender } = make({ stage: 'awardNotice', suppliers: [A, B], facts: { lots } });
    expect(awards?.map(({ relatedLots }) => relatedLots)).toEqual([['1'], ['2']]);
    expect(tender?.lots?.map(({ id }) => id)).toEqual(['1', '2']);
  });
});

it('follows from the award to the same supplier where a contract notice leaves out the lot', () => {
  const entries = [bidder(A, 1, { lot: text('1') }), bidder(B, 2, { lot: text('2') })];
  const award: PublishedNotice = { ...BASE, stage: 'awardNotice', facts: { lots: text('2 项', { entries }) } };
  const contract: PublishedNotice = { ...BASE, stage: 'contractNotice', suppliers: [B], facts: {} };
  const readAward = (course: PublishedNotice[]) =>
    toRelease(contract, { code: null, state: null, course }, SITE).contracts?.[0]?.awardID;
  expect(readAward([award])).toBe(toRelease(award, { code: null, state: null, course: [] }, SITE).awards?.[1]?.id);
  const both = {
    ...award,
    facts: { lots: text('2 项', { entries: entries.map((one) => ({ ...one, supplier: text(B) })) }) },
  };
  expect(readAward([both])).toBe(make(contract).contracts?.[0]?.awardID);
});

it('tells of the award that a contract follows from when no notice does: no contract is without one', () => {
  const { awards, contracts } = make({ stage: 'contractNotice', suppliers: [A], lotCode: '2', facts: {} });
  expect(awards).toMatchObject([
    { id: contracts?.[0]?.awardID, status: 'active', suppliers: [{ name: A }], relatedLots: ['2'] },
  ]);
});

describe('a report of performance that names nobody', () => {
  const report = { id: 'n3vq7mzt2f5a', stage: 'acceptanceNotice', facts: { contractCode: text('HT-1') } } as const;
  const contractOf = (name: string, code: string, more: Partial<PublishedNotice> = {}): PublishedNotice => ({
    ...BASE,
    stage: 'contractNotice',
    suppliers: [name],
    facts: { contractCode: text(code) },
    ...more,
  });
  const readAward = (course: PublishedNotice[], more: Partial<PublishedNotice> = {}) =>
    toRelease({ ...BASE, ...report, ...more }, { code: null, state: null, course }, SITE).contracts?.[0]?.awardID;

  it('is about the contract of its code, else the only one, else the only award', () => {
    const [ofA, ofB] = [awardTo(A).awards?.[0]?.id, awardTo(B).awards?.[0]?.id];
    expect(readAward([contractOf(A, 'HT-1'), contractOf(B, 'HT-2')])).toBe(ofA);
    expect(readAward([contractOf(B, 'HT-2')])).toBe(ofB);
    expect(readAward([{ ...BASE, stage: 'awardNotice', suppliers: [A], facts: {} }])).toBe(ofA);
    const lots = [contractOf(A, 'HT-3', { lotCode: '1' }), contractOf(B, 'HT-4', { lotCode: '2' })];
    expect(readAward(lots, { lotCode: '2' })).toBe(make({ ...lots[1] }).contracts?.[0]?.awardID);
  });

  it('is a document of the tender when it may be about several or none', () => {
    expect(readAward([contractOf(A, 'HT-2'), contractOf(B, 'HT-3')])).toBeUndefined();
    const { contracts, tender } = make(report);
    expect([contracts, tender?.documents?.[0]?.documentType]).toEqual([undefined, 'completionCertificate']);
  });
});

describe('the compiled release', () => {
  it('turns the first candidate into the winner, once', () => {
    const compiled = compileReleases([make({}), CANDIDATES, awardTo(A)]);
    expect(compiled).toMatchObject({
      tag: ['compiled'],
      date: '2026-07-01T09:00:00+08:00',
      id: 'ocds-000000-p2xw6nha4c7e-2026-07-01T09:00:00+08:00',
      tender: { status: 'complete', title: '示例县桥梁工程', procurementMethod: 'open' },
    });
    expect(compiled.awards?.map(({ status }) => status)).toEqual(['active']);
    expect(compiled.parties?.find(({ name }) => name === A)?.roles).toEqual(['tenderer', 'supplier']);
  });

  it('never gives an award the supplier of another one', () => {
    const { awards } = compileReleases([CANDIDATES, awardTo(B)]);
    expect(awards?.map(({ status, suppliers }) => [status, suppliers.map(({ name }) => name)])).toEqual([
      ['pending', [A]],
      ['active', [B]],
    ]);
  });

  it('keeps what later releases do not speak of, and replaces plain lists whole', () => {
    const one = {
      ...make({}),
      awards: [{ id: '1', status: 'pending' as const, date: '', suppliers: [], relatedLots: ['a', 'b'] }],
    };
    const two = {
      ...make({}),
      awards: [{ id: '1', status: 'active' as const, date: '', suppliers: [], relatedLots: ['c'] }],
    };
    expect(compileReleases([one, two]).awards).toEqual([two.awards[0]]);
    expect(() => compileReleases([])).toThrow();
  });
});

it('is valid, compiled or not, by our constraints and by the official schema where it is at hand', () => {
  const releases = [make({}), make({ stage: 'correctionNotice' }), CANDIDATES, awardTo(A)];
  const compiledRelease = compileReleases(releases);
  const head = {
    uri: 'https://trade.example/1',
    version: '1.1',
    publishedDate: '2026-07-02T00:00:00+08:00',
    publisher: { name: '示例' },
  };
  const record = JSON.parse(
    JSON.stringify({ ...head, records: [{ ocid: releases[0]?.ocid, releases, compiledRelease }] }),
  );
  for (const validate of [constraintValidator('record'), officialValidator('record')]) {
    if (validate) expect([validate(record), validate.errors]).toEqual([true, null]);
  }
  record.records[0].releases[0].tender.statuss = 'active';
  record.records[0].releases[1].date = '2026-06-01';
  const validate = constraintValidator('record');
  expect(validate(record)).toBe(false);
  expect(validate.errors).toHaveLength(2);
});

it('knows its own process identifiers only', () => {
  expect(parseOcid('ocds-000000', 'ocds-000000-p2xw6nha4c7e')).toBe('p2xw6nha4c7e');
  for (const other of ['ocds-111111-p2xw6nha4c7e', 'ocds-000000-', 'p2xw6nha4c7e', '']) {
    expect(parseOcid('ocds-000000', other)).toBeUndefined();
  }
});

it('calls the sides of a sale seller and purchaser, and every parcel an asset', () => {
  const parcels = text('2 项', {
    entries: [
      {
        parcelNo: text('1号'),
        landArea: text('2 公顷', { squareMetres: 20_000 }),
        dealPrice: text('9 元', { fen: 900 }),
      },
      { parcelNo: text('2号') },
    ],
  });
  const sale = { ...BASE, category: 'land', stage: 'landDealNotice', facts: { parcels } } as const;
  const parties = [...BASE.parties, { role: 'supplier' as const, name: A, uscc: null, organizationId: null }];
  expect(toDisposal({ ...sale, parties }, SITE.url)).toMatchObject({
    event: 'deal',
    seller: { name: '示例县交通局' },
    purchasers: [{ name: A }],
    assets: [{ id: '1号', areaSquareMetres: 20_000, dealPrice: { amount: 9 } }, { id: '2号' }],
  });
  expect(() => toDisposal(BASE, SITE.url)).toThrow();
});

it('gives a day its last second as the end of a period, and a sale its day as a day', () => {
  const day = { deadlineAt: '2026-06-21T16:00:00.000Z', deadlinePrecision: 'day' } as const;
  const release = toRelease({ ...BASE, ...day }, { code: BASE.projectCode, state: null, course: [] }, SITE);
  expect(release.tender?.tenderPeriod).toEqual({ endDate: '2026-06-22T23:59:59+08:00' });
  const offering = { ...BASE, ...day, category: 'land', stage: 'landOffering' } as const;
  expect(toDisposal(offering, SITE.url).applicationDeadline).toBe('2026-06-22');
});
