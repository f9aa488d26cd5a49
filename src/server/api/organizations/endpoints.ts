import { AWARD_FILTERS, ORGANIZATION_FILTERS } from '#src/domain/organizations/filter.ts';
import { AWARD_PAGE_SIZE } from '../../organizations/awards.ts';
import { ORGANIZATION_PAGE_SIZE } from '../../organizations/list.ts';
import { jsonEndpoint } from '../endpoint.ts';
import { listFileEndpoint } from '../list-file.ts';
import { idOf, queryOf } from '../parameters.ts';
import { ORGANIZATION_EXAMPLES } from './examples.ts';
import { organizationPageSchema, organizationSchema } from './schema.ts';

const ORGANIZATION_QUERY = queryOf(ORGANIZATION_FILTERS, ORGANIZATION_PAGE_SIZE);

export const listOrganizations = jsonEndpoint({
  path: '/api/v1/organizations',
  operationId: 'listOrganizations',
  tag: '单位和曝光台',
  summary: '单位查询',
  description: '采购（招标）人、代理机构和供应商，公告多的在前。与 /companies 页面同参数、同内容。',
  parts: {},
  query: ORGANIZATION_QUERY,
  cache: 'page',
  example: { limit: '2' },
  response: organizationPageSchema,
  answer: ORGANIZATION_EXAMPLES.page,
  problems: [400, 503],
  load: async () => (await import('./handlers.ts')).listOrganizations,
});

export const getOrganization = jsonEndpoint({
  path: '/api/v1/organizations/{id}',
  operationId: 'getOrganization',
  tag: '单位和曝光台',
  summary: '一个单位',
  description:
    '单位的身份和全部名称、以一种角色参与的中标（成交）历史（合计等于各行之和）、往来单位、企业信息库的资质、业绩、荣誉和人员。',
  parts: { id: idOf('organization') },
  query: queryOf(AWARD_FILTERS, AWARD_PAGE_SIZE),
  cache: 'page',
  response: organizationSchema,
  answer: ORGANIZATION_EXAMPLES.organization,
  redirect: { status: 302, description: '已认定为另一单位：转到那个单位' },
  problems: [400, 404],
  load: async () => (await import('./handlers.ts')).getOrganization,
});

export const exportOrganizations = listFileEndpoint({
  path: '/api/v1/organizations.{format}',
  operationId: 'exportOrganizations',
  summary: '导出单位',
  description: '单位查询的全部结果，不分页。',
  query: ORGANIZATION_QUERY,
  example: { q: '某某' },
  load: async () => (await import('./handlers.ts')).exportOrganizations,
});
