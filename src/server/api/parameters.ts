import { z } from 'zod';
import { EXPOSURE_FILTERS } from '#src/domain/exposures/filter.ts';
import { type ParameterTable, toQuerySchema } from '#src/domain/notices/filter-definition.ts';
import { NOTICE_FILTERS } from '#src/domain/notices/notice-filter.ts';
import { AWARD_FILTERS, ORGANIZATION_FILTERS } from '#src/domain/organizations/filter.ts';
import { EXPOSURE_PAGE_SIZE } from '../exposures/list.ts';
import { MATCH_PARAMETERS } from '../exposures/match.ts';
import { PAGE_SIZE } from '../notices/list.ts';
import { AWARD_PAGE_SIZE } from '../organizations/awards.ts';
import { ORGANIZATION_PAGE_SIZE } from '../organizations/list.ts';

export interface Parameter {
  name: string;
  in: 'query' | 'path';
  required: boolean;
  description: string;
  schema: object;
  example: string | number;
}

/** The parameters of a table, out of the very definitions that parse them. */
export function describeParameters(table: ParameterTable, pageSize?: number): Parameter[] {
  const { properties = {} } = z.toJSONSchema(toQuerySchema(table), { io: 'input' });
  return Object.entries(table).map(([name, { label, note, example }]) => ({
    name,
    in: 'query',
    required: false,
    description: `${label}：${note}${name === 'limit' && pageSize ? `，默认 ${pageSize}` : ''}`,
    schema: properties[name] as object,
    example,
  }));
}

/** The parameters of the list of organizations. */
export const organizationFilterParameters = (): Parameter[] =>
  describeParameters(ORGANIZATION_FILTERS, ORGANIZATION_PAGE_SIZE);

/** The parameters that choose the awards of one organization. */
export const awardFilterParameters = (): Parameter[] => describeParameters(AWARD_FILTERS, AWARD_PAGE_SIZE);

/** The parameters of the exposure board and the blacklist. */
export const exposureFilterParameters = (): Parameter[] => describeParameters(EXPOSURE_FILTERS, EXPOSURE_PAGE_SIZE);

/** The parameters of the look-up on the board. */
export const matchParameters = (): Parameter[] => describeParameters(MATCH_PARAMETERS);

/** The parameters of the notice lists. */
export const listFilterParameters = (): Parameter[] => describeParameters(NOTICE_FILTERS, PAGE_SIZE);
