import { z } from 'zod';
import { type ParameterTable, toQuerySchema } from '../notices/filter-definition.ts';
import { REPORT_FORM_KEYS, REPORT_FORMS } from './forms.ts';

/** Which published report of a year is asked for. */
export const REPORT_FILTERS = {
  form: {
    schema: z.enum(REPORT_FORM_KEYS, { error: '没有这种格式' }),
    label: '格式',
    note: `${REPORT_FORM_KEYS.map((key) => `${key} ${REPORT_FORMS[key].label}`).join('，')}；不写为该年度规定的格式`,
    example: '2020',
  },
  version: {
    schema: z.coerce.number({ error: '版本有误' }).int('版本有误').min(1, '版本有误').max(100_000, '版本有误'),
    label: '第几版',
    note: '不写为最新一版',
    example: 1,
  },
} as const satisfies ParameterTable;
export const REPORT_QUERY = toQuerySchema(REPORT_FILTERS);
export type ReportQuery = z.infer<typeof REPORT_QUERY>;
