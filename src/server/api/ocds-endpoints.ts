import { type Endpoint, endpoint } from './endpoint.ts';
import { OCDS_EXAMPLES } from './ocds-examples.ts';
import type { Parameter } from './parameters.ts';
import { disposalPageSchema } from './schemas/disposals.ts';
import { recordPackageSchema, releasePackageSchema } from './schemas/ocds.ts';

const OCID_PARAMETER: Parameter = {
  name: 'ocid',
  in: 'path',
  required: true,
  description: '合同过程的编号',
  schema: { type: 'string' },
  example: 'ocds-000000-p2xw6nha4c7e',
};

/** Addresses of procurement as OCDS and of sales of public assets. */
export const OCDS_ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    path: '/api/v1/ocds/releases',
    operationId: 'listReleases',
    summary: 'OCDS 的 release',
    description:
      '工程建设、政府采购、医疗器械和综合交易公告的当前版本，按开放合同数据标准（OCDS 1.1，lots、bids 和 pagination 扩展）给出。公告有新版本时 release 的编号随之改变。沿 links.next 可以读到最后一条；没有符合条件的公告时为 404，因为 OCDS 的包不能是空的。',
    filtered: true,
    response: releasePackageSchema,
    example: OCDS_EXAMPLES.releases,
    problems: [400, 404, 503],
  }),
  endpoint({
    path: '/api/v1/ocds/records/{ocid}',
    operationId: 'getRecord',
    summary: 'OCDS 的 record',
    description: '一个合同过程（项目）的全部 release，和按标准的规则合并成的 compiledRelease。',
    parameters: [OCID_PARAMETER],
    response: recordPackageSchema,
    example: OCDS_EXAMPLES.record,
    problems: [400, 404],
  }),
  endpoint({
    path: '/api/v1/disposals',
    operationId: 'listDisposals',
    summary: '资产处置',
    description:
      '土地使用权、矿业权和产权交易公告的当前版本。OCDS 只描述采购，处置另成一式，JSON Schema 见 /api/v1/disposals/schema.json。',
    filtered: true,
    response: disposalPageSchema,
    example: OCDS_EXAMPLES.disposals,
    problems: [400, 503],
  }),
];
