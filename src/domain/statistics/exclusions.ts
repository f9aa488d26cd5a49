/** Why a lot that a measure is about does not count in it. Every reason has a list of its own. */
export const EXCLUSIONS = {
  noPrice: '未公开成交价，或成交价存疑',
  noBaseline: '未公开控制价、预算、起始价或评估值，或存疑',
  rateBid: '按费率、折扣或单价报价',
  severalAwards: '一个标段多家中标，没有一个总价',
  aboveBaseline: '成交价高于控制价或预算，疑为数据错误',
  framework: '框架协议',
  agreement: '协议出让，没有竞价',
  withdrawn: '出让方中途终止，单列',
  noArea: '未公开面积，或面积存疑、不止一个',
  noPlotRatio: '没有唯一的容积率上限',
  noOpening: '未公开开标记录中的投标人名单',
  noMethod: '未公开采购（招标）方式',
  noCall: '未公开招标（采购、出让）公告',
  noResultDate: '未公开结果公告',
  noCode: '未公开中标人统一社会信用代码',
  noDeclaration: '未公开中小企业声明函',
  noPricedBill: '未公开已标价工程量清单',
  noName: '未公开名称，或名称存疑',
  person: '自然人，不逐人统计',
  noDates: '规则所需的日期未公开，或当年节假日安排未收录',
} as const;
export type Exclusion = keyof typeof EXCLUSIONS;
export const EXCLUSION_KEYS = Object.keys(EXCLUSIONS) as [Exclusion, ...Exclusion[]];
