/** Instruments that say what a notice has to contain, by the short name under which forms quote them. */
export const INSTRUMENTS = {
  BL: '《招标投标法》',
  BLR: '《招标投标法实施条例》',
  GPL: '《政府采购法》',
  GPR: '《政府采购法实施条例》',
  ND10: '《招标公告和公示信息发布管理办法》（国家发展改革委令第10号）',
  STD752: '《公共资源交易领域基层政务公开标准指引》（发改办法规〔2019〕752号）',
  CBK50: '《政府采购公告和公示信息格式规范》（财办库〔2020〕50号）',
  CK10: '《关于开展政府采购意向公开工作的通知》（财库〔2020〕10号）',
  CK214: '《政府采购竞争性磋商采购方式管理暂行办法》（财库〔2014〕214号）',
  LAR: '《土地管理法实施条例》',
  ML39: '《招标拍卖挂牌出让国有建设用地使用权规定》（国土资源部令第39号）',
  MRL: '《矿产资源法》',
  SA32: '《企业国有资产交易监督管理办法》（国资委、财政部令第32号）',
  DATA: '《公共资源交易平台系统数据规范（V2.0）》（发改办法规〔2018〕1156号）',
  OWN: '本市发布要求（法规没有逐项列明）',
} as const;

export type Instrument = keyof typeof INSTRUMENTS;

/** The rule by which something has to be in a notice: the instrument, and the clause or format in it. */
export interface FormRule {
  instrument: Instrument;
  /** `第五条第（一）项`; '' where the instrument has no numbered clause for it. */
  clause: string;
  /** The instrument does not bind this kind of deal, whose notices follow it all the same. */
  isModel?: true;
}

/** A rule in words: `《…》第五条第（一）项`. */
export function formatRule({ instrument, clause, isModel }: FormRule): string {
  return `${isModel ? '参照' : ''}${INSTRUMENTS[instrument]}${clause}`;
}
