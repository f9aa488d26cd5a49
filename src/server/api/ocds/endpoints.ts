import type { Release } from '#src/domain/ocds/release.ts';
import type { RecordPackage, ReleasePackage } from '../../ocds/package.ts';
import { type DescribedPart, jsonEndpoint } from '../endpoint.ts';
import { NO_QUERY, NOTICE_QUERY } from '../parameters.ts';
import { recordPackageSchema, releasePackageSchema } from './schema.ts';

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
const OCDS_EXAMPLES = {
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

const OCID: DescribedPart = {
  of: 'process',
  example: 'ocds-000000-p2xw6nha4c7e',
  description: '合同过程的编号',
  schema: { type: 'string' },
};

export const listReleases = jsonEndpoint({
  path: '/api/v1/ocds/releases',
  operationId: 'listReleases',
  tag: '开放合同数据和资产处置',
  summary: 'OCDS 的 release',
  description:
    '工程建设、政府采购、医疗器械和综合交易公告的当前版本，按开放合同数据标准（OCDS 1.1，lots、bids 和 pagination 扩展）给出。公告有新版本时 release 的编号随之改变。沿 links.next 可以读到最后一条；没有符合条件的公告时为 404，因为 OCDS 的包不能是空的。',
  parts: {},
  query: NOTICE_QUERY,
  cache: 'page',
  example: { category: 'procurement', limit: '2' },
  response: releasePackageSchema,
  answer: OCDS_EXAMPLES.releases,
  problems: [400, 404, 503],
  load: async () => (await import('./handlers.ts')).listReleases,
});

export const getRecord = jsonEndpoint({
  path: '/api/v1/ocds/records/{ocid}',
  operationId: 'getRecord',
  tag: '开放合同数据和资产处置',
  summary: 'OCDS 的 record',
  description: '一个合同过程（项目）的全部 release，和按标准的规则合并成的 compiledRelease。',
  parts: { ocid: OCID },
  query: NO_QUERY,
  cache: 'page',
  response: recordPackageSchema,
  answer: OCDS_EXAMPLES.record,
  problems: [400, 404],
  load: async () => (await import('./handlers.ts')).getRecord,
});
