import { type Category, isDisposal, isGrant } from '../categories.ts';
import type { Fen } from '../money/money.ts';
import type { StagePhase } from '../stages.ts';
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
  /** Staff looked at the doubt: the notice itself leaves it open. Stands before `doubt`. */
  isSeen?: true;
  /** Why the typed value is withheld. */
  doubt?: FactDoubt;
  /** Staff put it right, when and why, and what the rules had read. */
  corrected?: { at: Instant; reason: string; before?: string };
}

interface FactDefinition {
  label: string;
  kind: 'text' | 'money' | 'instant' | 'area' | 'entries';
}

/** What holds of a fact that a whole notice can say. */
interface NoticeFactDefinition extends FactDefinition {
  /**
   * What a change of it is to readers: `identity` tells which deal it is, not what of it; `decisive` is worth telling also when it
   * comes or goes, as others are often only read better or worse; a `list` is compared by people.
   */
  weight: 'identity' | 'decisive' | 'detail' | 'list';
  /** The deals that have it. */
  of: 'all' | 'disposals' | 'grants';
  /** The phases that state it; elsewhere the same words stand in conditions and forms. */
  phases: 'all' | readonly StagePhase[];
}

const ALL = 'all';
const SETTLED = ['award', 'contract', 'performance'] as const;
const SIGNED = ['contract', 'performance'] as const;

/**
 * Facts a notice can carry (国家发展改革委令第10号 第五条、第六条; 财办库〔2020〕50号; 国土资源部令第39号 第九条). Order is the
 * order of the facts table.
 */
export const FACTS = {
  projectName: { label: '项目名称', kind: 'text', weight: 'identity', of: 'all', phases: ALL },
  projectCode: { label: '项目编号', kind: 'text', weight: 'identity', of: 'all', phases: ALL },
  lotName: { label: '标段（包）名称', kind: 'text', weight: 'identity', of: 'all', phases: ALL },
  lotCode: { label: '标段（包）编号', kind: 'text', weight: 'identity', of: 'all', phases: ALL },
  buyer: { label: '招标（采购）人', kind: 'text', weight: 'detail', of: 'all', phases: ALL },
  agency: { label: '代理机构', kind: 'text', weight: 'detail', of: 'all', phases: ALL },
  procurementMethod: { label: '采购（招标）方式', kind: 'text', weight: 'detail', of: 'all', phases: ALL },
  budget: { label: '预算金额', kind: 'money', weight: 'decisive', of: 'all', phases: ALL },
  ceilingPrice: { label: '最高限价', kind: 'money', weight: 'decisive', of: 'all', phases: ALL },
  deposit: { label: '保证金', kind: 'money', weight: 'detail', of: 'all', phases: ALL },
  originalNoticeDate: { label: '首次公告日期', kind: 'instant', weight: 'identity', of: 'all', phases: ALL },
  documentPeriod: { label: '文件获取时间', kind: 'text', weight: 'detail', of: 'all', phases: ['tender'] },
  clarificationDeadline: {
    label: '提问（异议）截止时间',
    kind: 'instant',
    weight: 'decisive',
    of: 'all',
    phases: ['tender'],
  },
  deadline: { label: '截止时间', kind: 'instant', weight: 'decisive', of: 'all', phases: ['tender', 'planning'] },
  opening: { label: '开标时间', kind: 'instant', weight: 'decisive', of: 'all', phases: ALL },
  openingPlace: { label: '开标地点', kind: 'text', weight: 'detail', of: 'all', phases: ALL },
  publicityPeriod: { label: '公示期', kind: 'text', weight: 'detail', of: 'all', phases: ALL },
  supplier: { label: '中标（成交）人', kind: 'text', weight: 'decisive', of: 'all', phases: SETTLED },
  supplierCode: { label: '统一社会信用代码', kind: 'text', weight: 'detail', of: 'all', phases: SETTLED },
  awardAmount: { label: '中标（成交）金额', kind: 'money', weight: 'decisive', of: 'all', phases: SETTLED },
  lots: { label: '标段（包）', kind: 'entries', weight: 'list', of: 'all', phases: ALL },
  candidates: { label: '中标候选人', kind: 'entries', weight: 'list', of: 'all', phases: ALL },
  bids: { label: '投标报价', kind: 'entries', weight: 'list', of: 'all', phases: ALL },
  contractCode: { label: '合同编号', kind: 'text', weight: 'detail', of: 'all', phases: SIGNED },
  contractAmount: { label: '合同金额', kind: 'money', weight: 'detail', of: 'all', phases: SIGNED },
  contractPeriod: { label: '合同期限', kind: 'text', weight: 'detail', of: 'all', phases: ALL },
  contractDate: { label: '合同签订日期', kind: 'instant', weight: 'decisive', of: 'all', phases: SIGNED },
  parcelNo: { label: '宗地编号', kind: 'text', weight: 'detail', of: 'grants', phases: ALL },
  location: { label: '位置', kind: 'text', weight: 'detail', of: 'all', phases: ALL },
  landArea: { label: '面积', kind: 'area', weight: 'detail', of: 'grants', phases: ALL },
  landUse: { label: '用途', kind: 'text', weight: 'detail', of: 'grants', phases: ALL },
  grantTerm: { label: '年限', kind: 'text', weight: 'detail', of: 'grants', phases: ALL },
  plotRatio: { label: '容积率', kind: 'text', weight: 'detail', of: 'grants', phases: ALL },
  startPrice: { label: '起始价', kind: 'money', weight: 'decisive', of: 'disposals', phases: ALL },
  dealPrice: { label: '成交价', kind: 'money', weight: 'decisive', of: 'disposals', phases: SETTLED },
  parcels: { label: '宗地', kind: 'entries', weight: 'list', of: 'all', phases: ALL },
  mineral: { label: '矿种', kind: 'text', weight: 'detail', of: 'grants', phases: ALL },
  appraisedValue: { label: '评估值', kind: 'money', weight: 'detail', of: 'disposals', phases: ALL },
  listingPrice: { label: '挂牌价', kind: 'money', weight: 'decisive', of: 'disposals', phases: ALL },
  listingPeriod: { label: '挂牌期', kind: 'text', weight: 'detail', of: 'disposals', phases: ALL },
  terminationReason: {
    label: '终止（流标）原因',
    kind: 'text',
    weight: 'detail',
    of: 'all',
    phases: ['ended', 'tender'],
  },
} as const satisfies Record<string, NoticeFactDefinition>;

export type FactKey = keyof typeof FACTS;
export const FACT_KEYS = Object.keys(FACTS) as FactKey[];

/** What a row of a list says beside facts that a whole notice can say too. */
export const ENTRY_ONLY = {
  lot: { label: '标段（包）', kind: 'text' },
  rank: { label: '排名', kind: 'text' },
  score: { label: '得分', kind: 'text' },
  quality: { label: '质量', kind: 'text' },
  /** Whom a bidder puts in charge, with the certificates named for it: 发展改革委令第10号 第六条 has both published. */
  projectLeader: { label: '项目负责人', kind: 'text' },
  leaderCertificate: { label: '证书名称和编号', kind: 'text' },
  /** Why a bid was rejected: such a row names no candidate. */
  rejectionReason: { label: '否决（未通过）原因', kind: 'text' },
} as const satisfies Record<string, FactDefinition>;

export type EntryKey = Exclude<FactKey, 'lots' | 'candidates' | 'bids' | 'parcels'> | keyof typeof ENTRY_ONLY;
export type FactEntry = Partial<Record<EntryKey, FactValue>>;
export type Facts = Partial<Record<FactKey, FactValue>>;

/** Is a fact one of the deals of a category? */
export function isFactOf(key: FactKey, category: Category): boolean {
  switch (FACTS[key].of) {
    case 'all':
      return true;
    case 'disposals':
      return isDisposal(category);
    case 'grants':
      return isGrant(category);
  }
}

/** Does a phase state a fact? */
export function isStatedIn(key: FactKey, phase: StagePhase): boolean {
  const phases: NoticeFactDefinition['phases'] = FACTS[key].phases;
  return phases === 'all' || phases.includes(phase);
}

/** The definition of a fact or of a column of a list, with its widened type. */
export function factDefinition(key: FactKey | EntryKey): FactDefinition {
  return key in ENTRY_ONLY ? ENTRY_ONLY[key as keyof typeof ENTRY_ONLY] : FACTS[key as FactKey];
}
