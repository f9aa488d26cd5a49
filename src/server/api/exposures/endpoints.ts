import { EXPOSURE_FILTERS } from '#src/domain/exposures/filter.ts';
import { EXPOSURE_PAGE_SIZE } from '../../exposures/list.ts';
import { MATCH_PARAMETERS } from '../../exposures/match.ts';
import { jsonEndpoint } from '../endpoint.ts';
import { listFileEndpoint } from '../list-file.ts';
import { idOf, NO_QUERY, queryOf } from '../parameters.ts';
import { EXPOSURE_EXAMPLES } from './examples.ts';
import { exposurePageSchema, exposureSchema, matchSchema } from './schema.ts';

const EXPOSURE_QUERY = queryOf(EXPOSURE_FILTERS, EXPOSURE_PAGE_SIZE);

export const listExposures = jsonEndpoint({
  path: '/api/v1/exposures',
  operationId: 'listExposures',
  tag: '单位和曝光台',
  summary: '曝光台和黑名单',
  description:
    '此刻依法公示的条目。公示期满、信用修复或决定撤销的条目不再提供，只在 ended 中计数。与 /exposure 和 /blacklist 页面同参数、同内容。',
  parts: {},
  query: EXPOSURE_QUERY,
  cache: 'dated',
  example: { limit: '2' },
  response: exposurePageSchema,
  answer: EXPOSURE_EXAMPLES.page,
  problems: [400],
  load: async () => (await import('./handlers.ts')).listExposures,
});

export const getExposure = jsonEndpoint({
  path: '/api/v1/exposures/{id}',
  operationId: 'getExposure',
  tag: '单位和曝光台',
  summary: '一个曝光台或黑名单条目',
  description: '决定的内容、公示期和所依规则、此后的事项。公示结束后为 410，不含任何内容。',
  parts: { id: idOf('exposure') },
  query: NO_QUERY,
  cache: 'dated',
  response: exposureSchema,
  answer: EXPOSURE_EXAMPLES.entry,
  problems: [400, 404, 410],
  load: async () => (await import('./handlers.ts')).getExposure,
});

export const matchExposures = jsonEndpoint({
  path: '/api/v1/match',
  operationId: 'matchExposures',
  tag: '单位和曝光台',
  summary: '核对一个单位',
  description:
    '按名称（name）或统一社会信用代码（code）核对此刻是否列入曝光台或黑名单。只凭名称的结果一律为“同名，未核实”；两者都给时，代码不同的同名条目不在内。不查自然人。',
  parts: {},
  query: queryOf(MATCH_PARAMETERS),
  // Says for which instant it holds.
  cache: 'never',
  example: { name: '某某建设有限公司' },
  response: matchSchema,
  answer: EXPOSURE_EXAMPLES.match,
  problems: [400],
  load: async () => (await import('./handlers.ts')).matchExposures,
});

export const exportExposures = listFileEndpoint({
  path: '/api/v1/exposures.{format}',
  operationId: 'exportExposures',
  summary: '导出曝光台和黑名单',
  description: '此刻依法公示的全部条目，不分页。公示至的日期过后，留存的文件不应再公开。',
  query: EXPOSURE_QUERY,
  example: {},
  load: async () => (await import('./handlers.ts')).exportExposures,
});
