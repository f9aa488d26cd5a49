import type { SubjectType } from './registry.ts';

interface MisconductDefinition {
  label: string;
  /** Articles that forbid it. */
  basis: string;
  /** Whom these articles are about; undefined where they do not say. */
  subject?: SubjectType;
  /** Words of decisions. */
  words: RegExp;
}

/**
 * Types of misconduct (招标投标法实施条例 第三十九条至第四十二条, 第六十四条至第七十七条; 政府采购法 第七十七条), the most
 * specific words first: a text counts as the first type it names.
 * 招标投标法 BL, its implementing regulation BLR, 政府采购法 GPL, its implementing regulation GPR.
 */
export const MISCONDUCT_TYPES = {
  expertNotRecused: {
    label: '专家应回避不回避',
    basis: 'BLR 71；GPR 75',
    subject: 'expert',
    words: /应当?回避.{0,4}(?:不|未|而)|(?:不|未)(?:按规定)?回避/,
  },
  expertAbsent: { label: '专家擅离职守', basis: 'BLR 71', subject: 'expert', words: /擅离职守|擅自离开评/ },
  expertBiasedScoring: {
    label: '专家不按标准评审',
    basis: 'BLR 71；GPR 75',
    subject: 'expert',
    words: /[不未]按.{0,20}(?:评审|评标)(?:标准|因素|办法|程序)|倾向性评审|畸高畸低/,
  },
  expertPrivateContact: { label: '专家私下接触投标人', basis: 'BLR 71', subject: 'expert', words: /私下接触/ },
  expertBribe: {
    label: '专家收受财物',
    basis: 'BLR 72；GPR 75',
    subject: 'expert',
    words: /(?:专家|评委|评标委员会成员).{0,30}收受|收受.{0,12}(?:投标人|供应商)/,
  },
  expertLeak: {
    label: '专家泄露评审情况',
    basis: 'BLR 72；GPR 75',
    subject: 'expert',
    words: /(?:专家|评委|成员)?.{0,10}(?:泄露|透露).{0,12}(?:评审|评标)/,
  },
  collusionWithBuyer: {
    label: '招标人与投标人串通',
    basis: 'BLR 41；BL 53',
    words: /与(?:招标人|采购人|采购单位|代理机构).{0,12}(?:恶意)?串通|招标人与投标人.{0,6}串通/,
  },
  agencyMisconduct: {
    label: '代理机构违规代理',
    basis: 'BLR 65；BL 50',
    subject: 'agency',
    words: /代理机构.{0,40}(?:违规|违反|泄露|串通|投标|咨询)|所代理.{0,12}项目.{0,12}(?:投标|咨询)|违规代理/,
  },
  bribery: { label: '行贿谋取中标', basis: 'BL 53；GPL 77', subject: 'supplier', words: /行贿/ },
  borrowedQualification: {
    label: '以他人名义投标（挂靠）',
    basis: 'BL 54；BLR 42',
    subject: 'supplier',
    words: /以他人名义|挂靠|借用.{0,6}资质/,
  },
  lendingQualification: {
    label: '出让、出租资质证书',
    basis: 'BLR 69',
    subject: 'supplier',
    words: /(?:出让|出租|出借).{0,8}(?:资格|资质)/,
  },
  bidRiggingAmongBidders: {
    label: '投标人相互串通投标（围标）',
    basis: 'BLR 39–40；BL 53；GPR 74',
    subject: 'supplier',
    words: /串通投标|围标|串标|相互串通|恶意串通/,
  },
  maliciousComplaint: {
    label: '捏造事实、伪造材料投诉',
    basis: 'BLR 61、77；GPR 73',
    subject: 'supplier',
    words: /(?:虚假|恶意|捏造).{0,12}投诉|投诉.{0,12}(?:捏造|虚假|伪造)/,
  },
  fraud: {
    label: '弄虚作假骗取中标、提供虚假材料',
    basis: 'BL 54；BLR 42、68；GPL 77',
    subject: 'supplier',
    words: /弄虚作假|虚假材料|虚假.{0,8}(?:业绩|证明|响应)|伪造/,
  },
  illegalSubcontract: { label: '转包、违法分包', basis: 'BLR 76；GPR 72', subject: 'supplier', words: /转包|违法分包/ },
  refuseContract: {
    label: '无正当理由不签合同、不交履约保证金',
    basis: 'BLR 74；GPR 72',
    subject: 'supplier',
    words: /(?:不|未|拒绝|拒不)(?:与.{0,12})?(?:签订|订立).{0,6}合同|不(?:交纳|提交|缴纳)履约保证金/,
  },
  breachOfContract: {
    label: '擅自变更、中止、终止合同，假冒伪劣',
    basis: 'GPR 72；GPL 77',
    subject: 'supplier',
    words: /擅自(?:变更|中止|终止).{0,8}合同|假冒伪劣/,
  },
  deviatingAgreement: {
    label: '订立背离合同实质性内容的协议',
    basis: 'BLR 57、75',
    words: /背离.{0,12}实质性/,
  },
  avoidTendering: {
    label: '规避招标、化整为零',
    basis: 'BL 49；GPR 28、67',
    subject: 'procuringEntity',
    words: /规避(?:公开)?招标|化整为零|必须.{0,6}招标.{0,8}(?:不|未)招标/,
  },
  restrictCompetition: {
    label: '以不合理条件限制、排斥投标人',
    basis: 'BLR 32；GPR 20；BL 51',
    subject: 'procuringEntity',
    words: /不合理.{0,10}条件|差别待遇|歧视待遇|限制.{0,4}排斥/,
  },
  illegalTimeLimit: {
    label: '发售、澄清、提交时限不合规',
    basis: 'BLR 64',
    subject: 'procuringEntity',
    words: /(?:发售|澄清|提交).{0,16}(?:时限|期限|时间).{0,10}(?:不符合|少于|不足)/,
  },
  bondViolation: {
    label: '超比例收取、不退保证金',
    basis: 'BLR 66',
    subject: 'procuringEntity',
    words: /超过?.{0,8}比例.{0,6}收取|不(?:按规定|按时|予)?退还.{0,8}保证金/,
  },
  illegalAward: {
    label: '不按规定确定中标人、改变中标结果',
    basis: 'BLR 73；GPR 67',
    subject: 'procuringEntity',
    words: /(?:不|未)按.{0,8}(?:规定)?确定中标|改变中标结果|未按.{0,16}确定(?:中标|成交)/,
  },
  other: { label: '其他（以决定书为准）', basis: '见决定书', words: /(?!)/ },
} as const satisfies Record<string, MisconductDefinition>;

export type MisconductType = keyof typeof MISCONDUCT_TYPES;
export const MISCONDUCT_KEYS = Object.keys(MISCONDUCT_TYPES) as [MisconductType, ...MisconductType[]];

/** The definition of a type, with its widened type. */
export function misconductDefinition(type: MisconductType): MisconductDefinition {
  return MISCONDUCT_TYPES[type];
}

/** The type that a decision's own words name; `other` when no rule knows them: the words themselves are always shown. */
export function readMisconduct(text: string): MisconductType {
  const plain = text.normalize('NFKC').replace(/\s+/g, '');
  const exact = MISCONDUCT_KEYS.find((key) => key === plain || misconductDefinition(key).label === text.trim());
  return exact ?? MISCONDUCT_KEYS.find((key) => misconductDefinition(key).words.test(plain)) ?? 'other';
}
