import { EXPORT_FORMAT_KEYS, EXPORT_FORMATS } from '#src/domain/exports/urls.ts';
import { BREAKDOWN_KEYS, CHART_FILTERS, ROW_FILTERS, STATISTIC_FILTERS } from '#src/domain/statistics/filter.ts';
import { MEASURE_IDS } from '#src/domain/statistics/registry.ts';
import { WHOLE_FILE } from '../../http/limits.ts';
import { fileEndpoint, jsonEndpoint } from '../endpoint.ts';
import { formatOf, NO_QUERY, queryOf, without } from '../parameters.ts';
import { STATISTIC_EXAMPLES } from './examples.ts';
import { measureListSchema, measureSchema } from './schema.ts';

const measure = {
  values: MEASURE_IDS,
  example: 'savingRate',
  description: '指标，见 /api/v1/statistics',
  schema: { type: 'string', enum: [...MEASURE_IDS] },
};
const QUERY = queryOf(STATISTIC_FILTERS);
const TABLES = Object.fromEntries(EXPORT_FORMAT_KEYS.map((format) => [format, EXPORT_FORMATS[format].mediaType]));
const PICTURES = { svg: 'image/svg+xml', png: 'image/png' };
const example = { year: '2020' };

export const listMeasures = jsonEndpoint({
  path: '/api/v1/statistics',
  operationId: 'listMeasures',
  tag: '统计',
  summary: '统计指标的目录',
  description: '全部指标：定义、分子、分母、计数单位、基准、不计入的原因、最少样本和依据。',
  parts: {},
  query: NO_QUERY,
  cache: 'steady',
  response: measureListSchema,
  answer: STATISTIC_EXAMPLES.list,
  problems: [400],
  load: async () => (await import('./handlers.ts')).listMeasures,
});

export const getMeasure = jsonEndpoint({
  path: '/api/v1/statistics/{measure}',
  operationId: 'getMeasure',
  tag: '统计',
  summary: '一个指标的统计数字',
  description:
    '整体和按年度、月份、县（市、区）、类别、细分的数字，各带样本数、没有计入的个数和明细的地址。与 /statistics/{measure} 页面同参数、同内容。',
  parts: { measure },
  query: QUERY,
  cache: 'page',
  example,
  response: measureSchema,
  answer: STATISTIC_EXAMPLES.measure,
  problems: [400, 404],
  load: async () => (await import('./handlers.ts')).getMeasure,
});

export const exportMeasure = fileEndpoint({
  path: '/api/v1/statistics/{measure}.{format}',
  operationId: 'exportMeasure',
  tag: '统计',
  summary: '导出一个指标的统计数字',
  description: '整体和各分项，每个数字一行，带分子、分母、样本数和没有计入的个数。',
  formats: TABLES,
  parts: { measure, format: formatOf(TABLES) },
  query: QUERY,
  cache: 'page',
  example,
  problems: [400, 404],
  load: async () => (await import('./handlers.ts')).exportMeasure,
});

export const exportMeasureRows = fileEndpoint({
  path: '/api/v1/statistics/{measure}/rows.{format}',
  operationId: 'exportMeasureRows',
  tag: '统计',
  summary: '导出一个指标的明细',
  description:
    '指标涉及的全部标段，每个一行：是否计入、没有计入的原因、分子和分母。计入的各行相加等于统计数字；公告数量没有明细文件，见公告列表的导出。',
  formats: TABLES,
  parts: { measure, format: formatOf(TABLES) },
  query: without(queryOf(ROW_FILTERS), 'cursor', 'limit', 'status'),
  cache: 'never',
  limits: WHOLE_FILE,
  example,
  problems: [400, 404],
  load: async () => (await import('./handlers.ts')).exportMeasureRows,
});

export const drawMeasure = fileEndpoint({
  path: '/api/v1/statistics/{measure}/chart.{format}',
  operationId: 'drawMeasure',
  tag: '统计',
  summary: '一个指标的图',
  description: `按 by（${BREAKDOWN_KEYS.join('、')}）的图，可以直接用在文件和网页中，颜色和字体不依赖本站。`,
  formats: PICTURES,
  parts: { measure, format: formatOf(PICTURES) },
  query: queryOf(CHART_FILTERS),
  cache: 'page',
  example: { year: '2020', by: 'county' },
  problems: [400, 404],
  load: async () => (await import('./handlers.ts')).drawMeasure,
});
