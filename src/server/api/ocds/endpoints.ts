import { type DescribedPart, jsonEndpoint } from '../endpoint.ts';
import { NO_QUERY, NOTICE_QUERY } from '../parameters.ts';
import { OCDS_EXAMPLES } from './examples.ts';
import { recordPackageSchema, releasePackageSchema } from './schema.ts';

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
