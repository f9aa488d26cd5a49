import { z } from 'zod';
import { COUNTY_SLUGS } from '../counties.ts';
import { ID_PATTERN } from '../ids.ts';
import { ROLE_KEYS } from './organization.ts';

const PAGE_LENGTH = { error: '应为 1 到 200 的整数' };
const role = z.enum(ROLE_KEYS, { error: '应为 buyer、agency 或 supplier' }).optional();
const cursor = z.string().max(200, { error: '翻页标记无效' }).optional();
const limit = z.coerce.number(PAGE_LENGTH).int(PAGE_LENGTH).min(1, PAGE_LENGTH).max(200, PAGE_LENGTH).optional();

/** The filter of the list of organizations, as query parameters. */
export const organizationFilterSchema = z.strictObject({
  q: z.string().trim().max(100, { error: '最多 100 个字' }).optional(),
  role,
  county: z.enum(COUNTY_SLUGS, { error: '没有这个县（市、区）' }).optional(),
  cursor,
  limit,
});

/** Which awards of an organization are wanted, as query parameters. */
export const awardFilterSchema = z.strictObject({
  role,
  partner: z.string().regex(ID_PATTERN, { error: '没有这个单位' }).optional(),
  cursor,
  limit,
});

export type OrganizationFilter = z.output<typeof organizationFilterSchema>;
export type AwardFilter = z.output<typeof awardFilterSchema>;

/** What each parameter is called. */
export const ORGANIZATION_FILTER_LABELS: Record<keyof OrganizationFilter | keyof AwardFilter, string> = {
  q: '单位',
  role: '角色',
  county: '公告所在县（市、区）',
  partner: '往来单位',
  cursor: '翻页标记',
  limit: '每页条数',
};
