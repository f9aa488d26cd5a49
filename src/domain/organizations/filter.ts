import { z } from 'zod';
import { COUNTIES, COUNTY_SLUGS } from '../counties/counties.ts';
import { ID_PATTERN } from '../identifiers/ids.ts';
import {
  cursorParameter,
  type FormParameter,
  limitParameter,
  type ParametersOf,
  type ParameterTable,
  toQuerySchema,
} from '../notices/filter-definition.ts';
import { ORGANIZATION_ROLES, ROLE_KEYS } from './organization.ts';

const role = {
  schema: z.enum(ROLE_KEYS, { error: `应为 ${ROLE_KEYS.join('、')} 之一` }),
  label: '角色',
  note: ROLE_KEYS.map((key) => `${key} ${ORGANIZATION_ROLES[key]}`).join('，'),
  example: 'supplier',
};
const cursor = cursorParameter('WzMsInE0d3I3bnp0MmY1YiJd');

/** The filters of the list of organizations, in the order in which they stand in addresses. */
export const ORGANIZATION_FILTERS = {
  q: {
    schema: z.string().trim().max(100, { error: '最多 100 个字' }),
    label: '单位',
    note: '名称（含曾用名）的一部分，拼音首字母，或统一社会信用代码的开头至少四位',
    example: '示例建设',
    control: { label: '单位名称、拼音首字母或统一社会信用代码', input: 'search', maxLength: 100 },
  },
  role: {
    ...role,
    control: {
      label: '角色',
      input: 'select',
      options: ROLE_KEYS.map((key) => [key, ORGANIZATION_ROLES[key]] as const),
    },
  },
  county: {
    schema: z.enum(COUNTY_SLUGS, { error: '没有这个县（市、区）' }),
    label: '公告所在县（市、区）',
    note: '一个县（市、区）',
    example: 'qufu',
    control: {
      label: '公告所在县（市、区）',
      input: 'select',
      options: COUNTY_SLUGS.map((key) => [key, COUNTIES[key].label] as const),
    },
  },
  limit: { ...limitParameter, control: 'kept' },
  cursor: { ...cursor, control: 'kept' },
} as const satisfies Record<string, FormParameter>;

/** Which awards of an organization are wanted. */
export const AWARD_FILTERS = {
  role,
  partner: {
    schema: z.string().regex(ID_PATTERN, { error: '没有这个单位' }),
    label: '往来单位',
    note: '单位编号：只要与它往来的',
    example: 'b7xw2nha4c6d',
  },
  limit: limitParameter,
  cursor,
} as const satisfies ParameterTable;

export const organizationFilterSchema = toQuerySchema(ORGANIZATION_FILTERS);
export const awardFilterSchema = toQuerySchema(AWARD_FILTERS);

export type OrganizationFilter = ParametersOf<typeof ORGANIZATION_FILTERS>;
export type AwardFilter = ParametersOf<typeof AWARD_FILTERS>;
/** What narrows a list: every filter but where a page begins and how long it is. */
export type OrganizationCondition = Exclude<keyof OrganizationFilter, 'limit' | 'cursor'>;
export type AwardCondition = Exclude<keyof AwardFilter, 'limit' | 'cursor'>;
