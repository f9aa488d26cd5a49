import type { Release } from '#src/domain/ocds/release.ts';
import type { RecordPackage, ReleasePackage } from '../../ocds/package.ts';

const BUYER = { id: 'q3vq7mzt2f5b', name: '示例县教育和体育局' };

const RELEASE: Release = {
  ocid: 'ocds-000000-p2xw6nha4c7e',
  id: 'k3vq7mzt2f5a-1',
  date: '2026-06-12T09:30:00+08:00',
  tag: ['tender'],
  initiationType: 'tender',
  language: 'zh',
  parties: [{ ...BUYER, roles: ['buyer'] }],
  buyer: BUYER,
  tender: {
    id: 'SL-JS-2026-0001',
    title: '示例县第三小学教学楼工程施工',
    status: 'active',
    value: { amount: 12_860_000, currency: 'CNY' },
    tenderPeriod: { endDate: '2026-07-06T09:00:00+08:00' },
  },
};

const HEAD = {
  version: '1.1',
  publishedDate: '2026-06-15T12:00:00+08:00',
  publisher: { name: '示例市公共资源交易平台', uri: 'https://trade.example' },
  extensions: [],
  publicationPolicy: 'https://trade.example/open-data',
} as const;

/** Answers as they look, for the document. Names and numbers are made up. */
export const OCDS_EXAMPLES = {
  releases: {
    ...HEAD,
    extensions: [...HEAD.extensions],
    uri: 'https://trade.example/api/v1/ocds/releases?limit=1',
    releases: [RELEASE],
    links: { next: 'https://trade.example/api/v1/ocds/releases?limit=1&cursor=WyJwdWJsaXNoZWQiXQ' },
  },
  record: {
    ...HEAD,
    extensions: [...HEAD.extensions],
    uri: 'https://trade.example/api/v1/ocds/records/ocds-000000-p2xw6nha4c7e',
    records: [
      {
        ocid: RELEASE.ocid,
        releases: [RELEASE],
        compiledRelease: { ...RELEASE, id: `${RELEASE.ocid}-${RELEASE.date}`, tag: ['compiled'] },
      },
    ],
  },
} satisfies { releases: ReleasePackage; record: RecordPackage };
