import type { OcdsDocument, Release } from '#src/domain/ocds/release.ts';
import type { PackageMetadata, RecordPackage, ReleasePackage } from '#src/server/ocds/package.ts';

const DATE = '2026-06-01T09:00:00+08:00';
const PAGE = 'https://trade.example/1';
const VALUE = { amount: 1_000_000.5, currency: 'CNY' } as const;
const BUYER = { id: 'b2xw6nha4c7e', name: '示例县交通局' };
const SUPPLIER = { id: 's2xw6nha4c7e', name: '甲乙路桥有限公司' };
const DOCUMENTS: OcdsDocument[] = [
  {
    id: 'k3vq7mzt2f5a',
    documentType: 'tenderNotice',
    title: '示例县桥梁工程招标公告',
    url: PAGE,
    datePublished: DATE,
    dateModified: DATE,
    format: 'text/html',
    language: 'zh',
  },
];

const RELEASE: Required<Release> = {
  ocid: 'ocds-000000-p2xw6nha4c7e',
  id: 'k3vq7mzt2f5a-1',
  date: DATE,
  tag: ['tender'],
  initiationType: 'tender',
  language: 'zh',
  parties: [
    {
      ...BUYER,
      roles: ['buyer', 'procuringEntity'],
      identifier: { scheme: 'CN-USCI', id: '91370811MA0068781A', legalName: BUYER.name, uri: PAGE },
    },
    { ...SUPPLIER, roles: ['tenderer', 'supplier'] },
  ],
  buyer: BUYER,
  planning: { budget: { amount: VALUE }, documents: DOCUMENTS },
  tender: {
    id: 'SL-2026-1',
    title: '示例县桥梁工程',
    status: 'active',
    procuringEntity: BUYER,
    value: VALUE,
    procurementMethod: 'open',
    procurementMethodDetails: '公开招标',
    tenderPeriod: { startDate: DATE, endDate: DATE },
    enquiryPeriod: { endDate: DATE },
    lots: [{ id: '1', title: '一标段', value: VALUE }],
    documents: DOCUMENTS,
    amendments: [{ id: 'l3vq7mzt2f5a', date: DATE, description: '更正公告', releaseID: 'l3vq7mzt2f5a-1' }],
  },
  bids: { details: [{ id: 'd1', status: 'valid', tenderers: [SUPPLIER], value: VALUE, relatedLots: ['1'] }] },
  awards: [
    {
      id: 'a1',
      status: 'active',
      date: DATE,
      value: VALUE,
      suppliers: [SUPPLIER],
      relatedLots: ['1'],
      documents: DOCUMENTS,
    },
  ],
  contracts: [
    {
      id: 'HT-1',
      awardID: 'a1',
      status: 'active',
      value: VALUE,
      dateSigned: DATE,
      documents: DOCUMENTS,
      implementation: { documents: DOCUMENTS },
    },
  ],
};

const HEAD: Required<PackageMetadata> = {
  uri: PAGE,
  version: '1.1',
  publishedDate: DATE,
  publisher: { name: '示例市公共资源交易中心', uri: PAGE },
  extensions: [PAGE],
  license: PAGE,
  publicationPolicy: PAGE,
};

/** A package of each kind in which every field has a value that the portal can publish. */
export const FULL_PACKAGES: { release: ReleasePackage; record: RecordPackage } = {
  release: { ...HEAD, releases: [RELEASE], links: { next: PAGE } },
  record: {
    ...HEAD,
    records: [{ ocid: RELEASE.ocid, releases: [RELEASE], compiledRelease: { ...RELEASE, tag: ['compiled'] } }],
  },
};
