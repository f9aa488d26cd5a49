import { bidding, type PlannedStep } from './timeline-step.ts';

/** Grants of land-use rights 国有建设用地使用权出让. */
export const LAND = [
  {
    label: '供应计划',
    stages: ['landSupplyPlan'],
    required: false,
    responsible: '自然资源主管部门',
    expectation: '发布出让公告',
  },
  {
    label: '出让公告',
    stages: ['landOffering', 'landOfferingSupplement'],
    required: true,
    responsible: '自然资源主管部门',
    expectation: '发布出让公告',
  },
  bidding('竞买截止', '报名、竞买截止', '自然资源主管部门'),
  {
    label: '成交公示',
    stages: ['landDealNotice'],
    required: true,
    responsible: '自然资源主管部门',
    expectation: '公布成交结果',
    due: ['L-03'],
  },
  {
    label: '出让结果',
    stages: ['landResult'],
    required: false,
    responsible: '自然资源主管部门与受让人',
    expectation: '签订出让合同并公开供应结果',
  },
] as const satisfies readonly PlannedStep[];

/** Grants of mining rights 矿业权出让; its periods are not confirmed, so it has no legal dates. */
export const MINING = [
  {
    label: '出让公告',
    stages: ['miningOffering'],
    required: true,
    responsible: '自然资源主管部门',
    expectation: '发布出让公告',
  },
  bidding('竞买截止', '报名、竞买截止', '自然资源主管部门'),
  {
    label: '成交公示',
    stages: ['miningDealNotice'],
    required: true,
    responsible: '自然资源主管部门',
    expectation: '公示成交结果',
  },
  {
    label: '登记公告',
    stages: ['miningRegistration'],
    required: false,
    responsible: '自然资源主管部门',
    expectation: '办理登记并公告',
  },
] as const satisfies readonly PlannedStep[];

/** Sales of state-owned property 产权交易. */
export const PROPERTY = [
  {
    label: '信息预披露',
    stages: ['propertyPreDisclosure'],
    required: false,
    responsible: '转让方',
    expectation: '正式披露转让信息',
  },
  {
    label: '挂牌披露',
    stages: ['propertyListing', 'propertyListingChange'],
    required: true,
    responsible: '转让方与产权交易机构',
    expectation: '正式披露转让信息',
  },
  bidding('披露期满', '信息披露期满', '产权交易机构'),
  {
    label: '成交公告',
    stages: ['propertyDeal'],
    required: true,
    responsible: '产权交易机构',
    expectation: '组织交易并公告结果',
  },
] as const satisfies readonly PlannedStep[];
