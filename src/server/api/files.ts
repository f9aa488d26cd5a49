import { EXPORT_FORMAT_KEYS, EXPORT_FORMATS } from '#src/domain/exports/urls.ts';
import { FEED_FORMAT_KEYS, FEED_FORMATS } from '#src/domain/feeds/urls.ts';
import {
  exposureFilterParameters,
  listFilterParameters,
  organizationFilterParameters,
  type Parameter,
} from './parameters.ts';
import type { ProblemStatus } from './problem.ts';

/** An address that answers a file in a format of its own, not one of our JSON objects. */
export interface FileEndpoint {
  /** Address with `{format}` where one of several formats stands. */
  path: string;
  operationId: string;
  summary: string;
  description: string;
  /** Media type by format. */
  formats: Readonly<Record<string, string>>;
  parameters: readonly Parameter[];
  problems: readonly ProblemStatus[];
}

const FIXED_IN_FEEDS = new Set(['sort', 'cursor', 'limit']);
const feedParameters = () => listFilterParameters().filter(({ name }) => !FIXED_IN_FEEDS.has(name));

const WHOLE_LIST = {
  formats: Object.fromEntries(EXPORT_FORMAT_KEYS.map((format) => [format, EXPORT_FORMATS[format].mediaType])),
  problems: [400, 404, 503],
} as const satisfies Partial<FileEndpoint>;
const unpaged = (parameters: readonly Parameter[]) =>
  parameters.filter(({ name }) => name !== 'cursor' && name !== 'limit');

/** Every address that answers a file, in the order of the document. */
export const FILES: readonly FileEndpoint[] = [
  {
    ...WHOLE_LIST,
    path: '/api/v1/notices.{format}',
    operationId: 'exportNotices',
    summary: '导出公告',
    description: '任一列表或搜索的全部公告，不分页。CSV 为 UTF-8（带 BOM）；金额以元计，时间为北京时间。',
    parameters: unpaged(listFilterParameters()),
  },
  {
    ...WHOLE_LIST,
    path: '/api/v1/organizations.{format}',
    operationId: 'exportOrganizations',
    summary: '导出单位',
    description: '单位查询的全部结果，不分页。',
    parameters: unpaged(organizationFilterParameters()),
  },
  {
    ...WHOLE_LIST,
    path: '/api/v1/exposures.{format}',
    operationId: 'exportExposures',
    summary: '导出曝光台和黑名单',
    description: '此刻依法公示的全部条目，不分页。公示至的日期过后，留存的文件不应再公开。',
    parameters: unpaged(exposureFilterParameters()),
  },
  {
    path: '/api/v1/disposals/schema.json',
    operationId: 'getDisposalSchema',
    summary: '资产处置的 JSON Schema',
    description: '/api/v1/disposals 每一条的 JSON Schema（2020-12）。',
    formats: { json: 'application/schema+json' },
    parameters: [],
    problems: [400],
  },
  {
    path: '/feeds/notices.{format}',
    operationId: 'subscribeNotices',
    summary: '订阅公告',
    description: '任一列表或搜索最新的 50 条公告，新发布的在前。条目编号是公告的地址，永不改变。',
    formats: Object.fromEntries(FEED_FORMAT_KEYS.map((format) => [format, FEED_FORMATS[format].mediaType])),
    parameters: feedParameters(),
    problems: [400, 404, 503],
  },
  {
    path: '/feeds/deadlines.ics',
    operationId: 'subscribeDeadlines',
    summary: '截止时间日历',
    description:
      '任一列表或搜索中尚未截止的公告的截止时间（iCalendar，RFC 5545），最多 1000 个。UID 不变，SEQUENCE 是公告的版本；撤回的公告成为已取消的事件。',
    formats: { ics: 'text/calendar' },
    parameters: feedParameters(),
    problems: [400, 503],
  },
];
