/** The two lists. They differ in basis, effect and period, and no entry stands on both. */
export const BOARDS = {
  exposure: {
    label: '曝光台',
    basis: '行政处罚、通报批评等决定（《招标投标法实施条例》第七十八条、《政府采购法实施条例》第六十三条）',
    effect: '转载有权机关的决定，供交易各方知悉；本身不限制任何资格',
  },
  blacklist: {
    label: '黑名单',
    basis: '有权机关依法律、行政法规认定并列入的名单（国办发〔2020〕49 号）',
    effect: '列入期间依法受到禁止或限制，例如不得参加政府采购活动',
  },
} as const;

export type Board = keyof typeof BOARDS;
export const BOARD_KEYS = Object.keys(BOARDS) as [Board, ...Board[]];

/** What kind of record an entry re-publishes (招标投标法实施条例 第七十八条, 政府采购法实施条例 第六十三条). */
export const RECORD_KINDS = {
  penalty: { label: '行政处罚' },
  blacklist: { label: '名单列入' },
  onsiteMisconduct: { label: '场内不良行为记录' },
  notice: { label: '通报批评' },
} as const;

export type RecordKind = keyof typeof RECORD_KINDS;
export const RECORD_KIND_KEYS = Object.keys(RECORD_KINDS) as [RecordKind, ...RecordKind[]];

/** Lists that the law knows. The portal must not invent one (国办发〔2020〕49号). */
export const BLACKLISTS = {
  govProcurementDebarment: {
    label: '政府采购严重违法失信行为记录名单',
    law: '《政府采购法》第七十七条，财办库〔2014〕526 号',
  },
  seriousDishonestyList: { label: '严重失信主体名单', law: '国办发〔2020〕49 号' },
} as const;

export type Blacklist = keyof typeof BLACKLISTS;
export const BLACKLIST_KEYS = Object.keys(BLACKLISTS) as [Blacklist, ...Blacklist[]];

/**
 * Whom an entry is about (招标投标法实施条例 第六十三条至第七十七条, 政府采购法实施条例 第六十八条至第七十五条). Experts and
 * individuals are natural persons: their names are masked.
 */
export const SUBJECT_TYPES = {
  procuringEntity: { label: '招标（采购）人', isPerson: false },
  agency: { label: '代理机构', isPerson: false },
  supplier: { label: '投标人、供应商', isPerson: false },
  organization: { label: '其他单位（来源未说明其角色）', isPerson: false },
  expert: { label: '评标（评审）专家', isPerson: true },
  individual: { label: '自然人', isPerson: true },
} as const satisfies Record<string, { label: string; isPerson: boolean }>;

export type SubjectType = keyof typeof SUBJECT_TYPES;
export const SUBJECT_TYPE_KEYS = Object.keys(SUBJECT_TYPES) as [SubjectType, ...SubjectType[]];

/** Kinds of administrative penalty (Administrative Penalty Law art. 9), and how grave each is by itself (`gradeOf`). */
export const PENALTY_TYPES = {
  warning: { label: '警告', gravity: 'minor' },
  publicCriticism: { label: '通报批评', gravity: 'minor' },
  fine: { label: '罚款', gravity: 'minor' },
  confiscation: { label: '没收违法所得、没收非法财物', gravity: 'general' },
  permitSuspension: { label: '暂扣许可证件', gravity: 'general' },
  qualificationDowngrade: { label: '降低资质等级', gravity: 'general' },
  permitRevocation: { label: '吊销许可证件', gravity: 'serious' },
  businessRestriction: { label: '限制开展生产经营活动', gravity: 'general' },
  suspensionOfBusiness: { label: '责令停产停业', gravity: 'general' },
  closure: { label: '责令关闭', gravity: 'serious' },
  occupationBan: { label: '限制从业', gravity: 'serious' },
  detention: { label: '行政拘留', gravity: 'general' },
  other: { label: '其他', gravity: 'general' },
} as const satisfies Record<string, { label: string; gravity: 'minor' | 'general' | 'serious' }>;

export type PenaltyType = keyof typeof PENALTY_TYPES;
export const PENALTY_TYPE_KEYS = Object.keys(PENALTY_TYPES) as [PenaltyType, ...PenaltyType[]];

const PENALTY_WORDS: readonly [PenaltyType, RegExp][] = [
  ['warning', /警告/],
  ['publicCriticism', /通报批评/],
  ['fine', /罚款/],
  ['confiscation', /没收/],
  ['permitSuspension', /暂扣/],
  ['qualificationDowngrade', /降低资质/],
  ['permitRevocation', /吊销/],
  ['businessRestriction', /限制开展生产经营|禁止参加|禁止代理|取消.{0,8}资格/],
  ['suspensionOfBusiness', /停产停业|停业整顿|停止(?:运营|生产|营业|经营|使用)/],
  ['closure', /责令关闭/],
  ['occupationBan', /限制从业|取消.{0,6}(?:评标|评审)/],
  ['detention', /拘留/],
];

/** Kinds of penalty that a text names; `other` alone when it names none. Empty for an empty text. */
export function readPenaltyTypes(text: string): PenaltyType[] {
  if (text.trim() === '') return [];
  const found = PENALTY_WORDS.filter(([, words]) => words.test(text)).map(([type]) => type);
  return found.length > 0 ? found : ['other'];
}
