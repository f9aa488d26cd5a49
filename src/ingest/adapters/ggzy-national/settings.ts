import { z } from 'zod';
import { columnsSchema } from '../common/columns.ts';
import { NATIONAL_COLUMNS } from './columns.ts';

/** The platform's own word for "no filter". */
export const EVERYWHERE = '0';

/** What a source on the national platform sets. */
export const settingsSchema = z.strictObject({
  base: z
    .url({ protocol: /^https?$/ })
    .regex(/\/$/)
    .default('https://www.ggzy.gov.cn/'),
  /** GB/T 2260 codes of six digits. */
  province: z.string().default(EVERYWHERE),
  city: z.string().default(EVERYWHERE),
  /** Only notices whose title contains this. */
  keyword: z.string().trim().default(''),
  /** 1 省平台, 2 央企招投标, 3 财政部, 4 自然资源部, 5 国资委, 6 商务部. */
  sourceType: z.string().default('1'),
  /** Two digits of the market (docs/feeds.md#national-platform); 00 is everything. */
  classify: z.string().length(2).default('00'),
  columns: columnsSchema.default(NATIONAL_COLUMNS),
  /** First day (`YYYY-MM-DD`) of a full run. */
  historyFrom: z.iso.date(),
  /** Days of one query: longer ones are refused with code 804. */
  sliceDays: z.number().int().min(1).default(10),
  bodySelectors: z.array(z.string()).default(['#mycontent', '.detail_content']),
});
export type Settings = z.infer<typeof settingsSchema>;
