import type { FactKey } from '#src/domain/facts/facts.ts';

/** What a heading says of what stands below it. */
export interface SectionRule {
  heading: RegExp;
  /** Facts that a general label means there: `名称`, `时间`, `地点`, `金额`. */
  name?: readonly FactKey[];
  time?: readonly FactKey[];
  place?: readonly FactKey[];
  sum?: readonly FactKey[];
  /** The first line below is the value itself. */
  whole?: FactKey;
  /** What stands there is nobody's fact: needs, scores, staff, rejected bidders. */
  isForeign?: boolean;
  /** What stands there is about earlier work: even buyers and names are those of others. */
  isPast?: boolean;
}

/** The first rule that matches a heading counts. */
export const SECTION_RULES: readonly SectionRule[] = [
  { heading: /业绩|类似项目|获奖|奖项/, isForeign: true, isPast: true },
  {
    heading:
      /主要标的|标的信息|成交标的|中标标的|报价明细|分项报价|技术参数|货物需求|采购清单|需求一览|设备清单|评审专家|评标委员会|专家名单|小组成员|人员(?:名单|配备|一览)|得分情况|评分情况|评审得分|资格审查情况|审查结果|评审结果$|评审情况|未中标|落标|报价公示|被否决|否决投标|无效投标|否决情况|不合格投标|服务收费|收费标准|代理费|代理服务|资格要求|资质要求|资格条件|监督管理部门|监督部门|监管部门|投诉|异议受理|附件|相关链接|其他投标人/,
    isForeign: true,
  },
  {
    heading:
      /采购人信息|招标人信息|采购单位信息|(?:采购人|招标人|采购单位|建设单位|出让人|转让方|比选人)(?:的)?(?:联系方式|情况|名称)|^(?:采购人|招标人|采购单位|转让方|出让人|委托方)$/,
    name: ['buyer'],
  },
  { heading: /代理机构(?:信息|联系方式|情况|名称)|采购代理信息|^(?:采购|招标)?代理(?:机构)?$/, name: ['agency'] },
  { heading: /(?:截止|递交|提交|响应).*(?:开标|开启)/, time: ['deadline', 'opening'], place: ['openingPlace'] },
  {
    heading: /(?:投标|响应|申请|应答|报价).*(?:提交|递交|截止|送达|上传)|(?:提交|递交).*(?:投标|响应|申请)文件|截标/,
    time: ['deadline'],
  },
  { heading: /(?:开标|开启|磋商|谈判)(?!.*(?:异议|方式|文件|记录))/, time: ['opening'], place: ['openingPlace'] },
  { heading: /获取.*文件|文件的?(?:获取|领取|发售|下载)|报名(?:时间|方式)?/, time: ['documentPeriod'] },
  { heading: /保证金/, sum: ['deposit'] },
  { heading: /预算|采购金额/, sum: ['budget'] },
  { heading: /限价|控制价/, sum: ['ceilingPrice'] },
  { heading: /^(?:成交|中标|竞得)(?:价格?|金额)(?:及|和|与)?/, sum: ['dealPrice', 'awardAmount'] },
  {
    heading:
      /中标(?:候选)?人|中标(?:.*)(?:信息|情况|结果)|成交(?:.*)(?:信息|情况|结果)|竞得人|受让方|中标供应商|成交供应商|中标单位|采购结果/,
    name: ['supplier'],
    sum: ['awardAmount', 'dealPrice'],
  },
  { heading: /^(?:采矿权|探矿权|矿业权|标的|转让标的|项目)(?:的)?基本(?:情况|信息)$/, name: ['projectName'] },
  { heading: /^(?:公告|公示)(?:期限|期|时间)$/, whole: 'publicityPeriod' },
  { heading: /(?:终止|流标|废标|中止|暂停|失败)(?:的)?(?:原因|理由)$/, whole: 'terminationReason' },
];

/** General labels that only their section explains. */
export const GENERAL_LABELS: Record<'name' | 'time' | 'place' | 'sum', RegExp> = {
  name: /^(?:单位|企业|公司|机构|供应商)?(?:名称|全称)$/,
  time: /^(?:截止|获取|发售|开标|递交|提交)?(?:时间|日期|期限)$/,
  place: /^地点(?:网址)?$/,
  sum: /^(?:金额|数额|总金额|价格|总价)$/,
};
