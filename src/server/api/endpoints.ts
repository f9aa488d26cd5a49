import { changesParameters } from './change-parameters.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { EXAMPLES } from './examples.ts';
import { EXPOSURE_EXAMPLES } from './exposure-examples.ts';
import { OCDS_ENDPOINTS } from './ocds-endpoints.ts';
import { ORGANIZATION_EXAMPLES } from './organization-examples.ts';
import {
  awardFilterParameters,
  exposureFilterParameters,
  matchParameters,
  organizationFilterParameters,
} from './parameters.ts';
import { changePageSchema } from './schemas/changes.ts';
import { exposurePageSchema, exposureSchema, matchSchema } from './schemas/exposures.ts';
import { healthSchema, readinessSchema } from './schemas/health.ts';
import { noticePageSchema, noticeSchema, noticeVersionsSchema } from './schemas/notices.ts';
import { organizationPageSchema, organizationSchema } from './schemas/organizations.ts';
import { projectSchema } from './schemas/projects.ts';
import { searchPageSchema } from './schemas/search.ts';
import { sourceListSchema } from './schemas/sources.ts';

const TWIN = { status: 301, description: '同一公告在另一网站的编号：转到唯一的地址' } as const;

/** Every address of the API, in the order of the document. */
export const ENDPOINTS: readonly Endpoint[] = [
  endpoint({
    path: '/api/v1/notices',
    operationId: 'listNotices',
    summary: '公告列表',
    description: '按条件筛选公告，附总数和分项条数。与 /notices 页面同参数、同内容。',
    filtered: true,
    response: noticePageSchema,
    example: EXAMPLES.page,
    redirect: { status: 302, description: '带搜索词（q）时转到 /api/v1/search' },
    problems: [400, 503],
  }),
  endpoint({
    path: '/api/v1/notices/{id}',
    operationId: 'getNotice',
    summary: '公告全文',
    description: '一条公告的要素、正文、附件、版本，同项目的公告和相关公告。',
    response: noticeSchema,
    example: EXAMPLES.notice,
    redirect: TWIN,
    problems: [400, 404, 410],
  }),
  endpoint({
    path: '/api/v1/notices/{id}/versions',
    operationId: 'listNoticeVersions',
    summary: '公告的版本',
    description: '一条公告先后发布的全部版本，每个版本的指纹和变更的字段。',
    response: noticeVersionsSchema,
    example: EXAMPLES.versions,
    redirect: TWIN,
    problems: [400, 404, 410],
  }),
  endpoint({
    path: '/api/v1/projects/{id}',
    operationId: 'getProject',
    summary: '项目全程',
    description: '一个项目的全部公告、进展、缺少的公告和法定时限对照。',
    response: projectSchema,
    example: EXAMPLES.project,
    problems: [400, 404],
  }),
  endpoint({
    path: '/api/v1/search',
    operationId: 'searchNotices',
    summary: '搜索公告',
    description:
      '全文搜索，最相关的在前；总数和分项条数精确。plan 说明搜索词是怎样理解的，engine 说明由哪个引擎查找。没有搜索词时同公告列表。',
    filtered: true,
    response: searchPageSchema,
    example: EXAMPLES.search,
    problems: [400, 503],
  }),
  endpoint({
    path: '/api/v1/sources',
    operationId: 'listSources',
    summary: '数据来源的同步情况',
    description:
      '每个来源的状态、最近成功时间、延迟、最近一次和近 30 天的条数、拒收条数，以及尚未对应的代码。不含拒收内容。',
    response: sourceListSchema,
    example: EXAMPLES.sources,
    problems: [400],
  }),
  endpoint({
    path: '/api/v1/organizations',
    operationId: 'listOrganizations',
    summary: '单位查询',
    description: '采购（招标）人、代理机构和供应商，公告多的在前。与 /companies 页面同参数、同内容。',
    parameters: organizationFilterParameters(),
    response: organizationPageSchema,
    example: ORGANIZATION_EXAMPLES.page,
    problems: [400, 503],
  }),
  endpoint({
    path: '/api/v1/organizations/{id}',
    operationId: 'getOrganization',
    summary: '一个单位',
    description:
      '单位的身份和全部名称、以一种角色参与的中标（成交）历史（合计等于各行之和）、往来单位、企业信息库的资质、业绩、荣誉和人员。',
    parameters: awardFilterParameters(),
    response: organizationSchema,
    example: ORGANIZATION_EXAMPLES.organization,
    redirect: { status: 302, description: '已认定为另一单位：转到那个单位' },
    problems: [400, 404],
  }),
  endpoint({
    path: '/api/v1/exposures',
    operationId: 'listExposures',
    summary: '曝光台和黑名单',
    description:
      '此刻依法公示的条目。公示期满、信用修复或决定撤销的条目不再提供，只在 ended 中计数。与 /exposure 和 /blacklist 页面同参数、同内容。',
    parameters: exposureFilterParameters(),
    response: exposurePageSchema,
    example: EXPOSURE_EXAMPLES.page,
    problems: [400],
  }),
  endpoint({
    path: '/api/v1/exposures/{id}',
    operationId: 'getExposure',
    summary: '一个曝光台或黑名单条目',
    description: '决定的内容、公示期和所依规则、此后的事项。公示结束后为 410，不含任何内容。',
    response: exposureSchema,
    example: EXPOSURE_EXAMPLES.entry,
    problems: [400, 404, 410],
  }),
  endpoint({
    path: '/api/v1/match',
    operationId: 'matchExposures',
    summary: '核对一个单位',
    description:
      '按名称（name）或统一社会信用代码（code）核对此刻是否列入曝光台或黑名单。只凭名称的结果一律为“同名，未核实”；两者都给时，代码不同的同名条目不在内。不查自然人。',
    parameters: matchParameters(),
    response: matchSchema,
    example: EXPOSURE_EXAMPLES.match,
    problems: [400],
  }),
  endpoint({
    path: '/api/v1/changes',
    operationId: 'listChanges',
    summary: '公开内容的变更',
    description:
      '按提交先后给出公开公告的新增、变更和下线，供镜像站和上下级系统跟随：沿 next 读下去不会遗漏，可能重复；重放全部变更即得到全部公开公告。数据库从备份恢复后，此前的游标答复 410：请不带 since 从头读取，没有再次给出的即不再公开。of 换为另一类公开内容：条目只在依法公示期间给出，公示结束即为 remove，不带任何内容。wait 在暂无变更时等待；没有变更时 ETag 不变。',
    parameters: changesParameters(),
    response: changePageSchema,
    example: {
      items: [{ seq: 1025, id: 'k3vq7mzt2f5a', at: '2026-06-15T01:31:00.000Z', kind: 'remove' }],
      next: '5f0c2a9be1d74836-1025',
      newest: '5f0c2a9be1d74836-1025',
      upToDate: true,
    },
    problems: [400, 410],
  }),
  ...OCDS_ENDPOINTS,
  endpoint({
    path: '/healthz',
    operationId: 'checkHealth',
    summary: '存活检查',
    description: '进程在运行即为 200。',
    response: healthSchema,
    example: { status: 'ok' },
    problems: [],
  }),
  endpoint({
    path: '/readyz',
    operationId: 'checkReadiness',
    summary: '就绪检查',
    description: '数据库、搜索索引和磁盘都可用时为 200；否则 503，errors 逐一说明原因。',
    response: readinessSchema,
    example: { status: 'ready', checks: [{ name: 'database', ok: true, message: '可读，设置正确' }] },
    problems: [503],
  }),
];
