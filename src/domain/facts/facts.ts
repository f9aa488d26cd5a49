import type { Fen } from '../money/money.ts';
import type { MomentPrecision } from '../time/moment.ts';
import type { Instant } from '../time/time.ts';
import type { FactConfidence, FactDoubt, FactForm, FactRule, TextSpan } from './fact-evidence.ts';

/**
 * A fact read from a notice: what the source says, and the typed value when a rule could read it without doubt. A fact
 * with a doubt has no typed value, so that no figure, order or total can take it for certain.
 */
export interface FactValue {
  /** The source's own words, trimmed. Always shown. */
  text: string;
  fen?: Fen;
  /** m². */
  squareMetres?: number;
  instant?: Instant;
  /** How exact the instant is; there whenever `instant` is. */
  precision?: MomentPrecision;
  /** The price is no sum: a rate or discount, or a price per unit. */
  form?: FactForm;
  /** Rows of a list: candidates, bids, lots, parcels. */
  entries?: FactEntry[];
  /** How the fact was found; absent in facts that were not read from a text. */
  rule?: FactRule;
  /** How far it can be relied on; absent where `rule` is, and in the rows of a list, which stand or fall with the list. */
  confidence?: FactConfidence;
  /** Where its words stand in the body; absent when they come from a field of the feed. */
  span?: TextSpan;
  /** Why the typed value is withheld. */
  doubt?: FactDoubt;
}

interface FactDefinition {
  label: string;
  kind: 'text' | 'money' | 'instant' | 'area' | 'entries';
}

/**
 * Facts a notice can carry (国家发展改革委令第10号 第五条、第六条; 财办库〔2020〕50号; 国土资源部令第39号 第九条). Order is the
 * order of the facts table.
 */
export const FACTS = {
  projectName: { label: '项目名称', kind: 'text' },
  projectCode: { label: '项目编号', kind: 'text' },
  lotName: { label: '标段（包）名称', kind: 'text' },
  lotCode: { label: '标段（包）编号', kind: 'text' },
  buyer: { label: '招标（采购）人', kind: 'text' },
  agency: { label: '代理机构', kind: 'text' },
  procurementMethod: { label: '采购（招标）方式', kind: 'text' },
  budget: { label: '预算金额', kind: 'money' },
  ceilingPrice: { label: '最高限价', kind: 'money' },
  deposit: { label: '保证金', kind: 'money' },
  originalNoticeDate: { label: '首次公告日期', kind: 'instant' },
  documentPeriod: { label: '文件获取时间', kind: 'text' },
  clarificationDeadline: { label: '提问（异议）截止时间', kind: 'instant' },
  deadline: { label: '截止时间', kind: 'instant' },
  opening: { label: '开标时间', kind: 'instant' },
  openingPlace: { label: '开标地点', kind: 'text' },
  publicityPeriod: { label: '公示期', kind: 'text' },
  supplier: { label: '中标（成交）人', kind: 'text' },
  supplierCode: { label: '统一社会信用代码', kind: 'text' },
  awardAmount: { label: '中标（成交）金额', kind: 'money' },
  lots: { label: '标段（包）', kind: 'entries' },
  candidates: { label: '中标候选人', kind: 'entries' },
  bids: { label: '投标报价', kind: 'entries' },
  contractCode: { label: '合同编号', kind: 'text' },
  contractAmount: { label: '合同金额', kind: 'money' },
  contractPeriod: { label: '合同期限', kind: 'text' },
  contractDate: { label: '合同签订日期', kind: 'instant' },
  parcelNo: { label: '宗地编号', kind: 'text' },
  location: { label: '位置', kind: 'text' },
  landArea: { label: '面积', kind: 'area' },
  landUse: { label: '用途', kind: 'text' },
  grantTerm: { label: '年限', kind: 'text' },
  plotRatio: { label: '容积率', kind: 'text' },
  startPrice: { label: '起始价', kind: 'money' },
  dealPrice: { label: '成交价', kind: 'money' },
  parcels: { label: '宗地', kind: 'entries' },
  mineral: { label: '矿种', kind: 'text' },
  appraisedValue: { label: '评估值', kind: 'money' },
  listingPrice: { label: '挂牌价', kind: 'money' },
  listingPeriod: { label: '挂牌期', kind: 'text' },
  terminationReason: { label: '终止（流标）原因', kind: 'text' },
} as const satisfies Record<string, FactDefinition>;

export type FactKey = keyof typeof FACTS;
export const FACT_KEYS = Object.keys(FACTS) as FactKey[];

/** What a row of a list says beside facts that a whole notice can say too. */
export const ENTRY_ONLY = {
  lot: { label: '标段（包）', kind: 'text' },
  rank: { label: '排名', kind: 'text' },
  score: { label: '得分', kind: 'text' },
  quality: { label: '质量', kind: 'text' },
} as const satisfies Record<string, FactDefinition>;

export type EntryKey = Exclude<FactKey, 'lots' | 'candidates' | 'bids' | 'parcels'> | keyof typeof ENTRY_ONLY;
export type FactEntry = Partial<Record<EntryKey, FactValue>>;
export type Facts = Partial<Record<FactKey, FactValue>>;

/** The definition of a fact or of a column of a list, with its widened type. */
export function factDefinition(key: FactKey | EntryKey): FactDefinition {
  return key in ENTRY_ONLY ? ENTRY_ONLY[key as keyof typeof ENTRY_ONLY] : FACTS[key as FactKey];
}
