import { z } from 'zod';
import { type Columns, columnsSchema } from '../common/columns.ts';

/**
 * The platform's code table (docs/feeds.md#national-platform). Codes that carry a label only are known by name, but what they hold
 * has no place among our categories and stages: they go to the mapping board like unknown ones.
 */
export const NATIONAL_COLUMNS: Columns = {
  '0101': { label: '招标/资审公告', category: 'construction', stage: 'tenderNotice' },
  '0102': { label: '开标记录', category: 'construction', stage: 'openingRecord' },
  '0104': { label: '交易结果公示', category: 'construction', stage: 'awardNotice' },
  '0105': { label: '招标/资审文件澄清', category: 'construction', stage: 'clarification' },
  '0106': { label: '资格预审结果', category: 'construction', stage: 'prequalificationResult' },
  '0201': { label: '采购/资审公告', category: 'procurement', stage: 'tenderNotice' },
  '0202': { label: '中标公告', category: 'procurement', stage: 'awardNotice' },
  '0203': { label: '采购合同', category: 'procurement', stage: 'contractNotice' },
  '0204': { label: '更正事项', category: 'procurement', stage: 'correctionNotice' },
  '0301': { label: '出让公示', category: 'land', stage: 'landOffering' },
  '0302': { label: '成交宗地', category: 'land', stage: 'landDealNotice' },
  '0401': { label: '出让公告', category: 'mining', stage: 'miningOffering' },
  '0402': { label: '出让结果', category: 'mining', stage: 'miningDealNotice' },
  '0403': { label: '公开信息' },
  '0404': { label: '登记公告信息', category: 'mining', stage: 'miningRegistration' },
  '0501': { label: '挂牌披露', category: 'property', stage: 'propertyListing' },
  '0502': { label: '交易结果', category: 'property', stage: 'propertyDeal' },
  '2302': { label: '药品采购公告', category: 'medical', stage: 'tenderNotice' },
  '2303': { label: '药品采购目录' },
  '2304': { label: '药品采购变更', category: 'medical', stage: 'correctionNotice' },
  '2501': { label: '林权信息披露' },
  '2502': { label: '林权成交' },
  '9001': { label: '交易公告', category: 'general', stage: 'tenderNotice' },
  '9002': { label: '成交公示', category: 'general', stage: 'awardNotice' },
};

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
