import type { LabelLine } from './label-line.ts';

/** What only sales of land, mining rights and property state, and where things are. */
export const DISPOSAL_LABELS: readonly LabelLine[] = [
  {
    key: 'parcelNo',
    tier: 0,
    source: 'mnr',
    words:
      '宗地编号 地块编号 宗地号 地块号 宗地编码 地块名称及编号 地块 土地编号 宗地代码 出让地块编号 地块代码 宗地地块编号 区块编号',
  },
  { key: 'parcelNo', tier: 1, source: 'mnr', words: '编号' },
  {
    key: 'location',
    tier: 0,
    source: 'mnr',
    words:
      '土地坐落 宗地位置 土地位置 宗地坐落 地块位置 建设地点 项目地点 矿区位置 土地座落 宗地座落 坐落 座落 标的位置 工程地点 项目建设地点 地理位置 标的坐落 坐落位置 位置 土地坐落位置 工程建设项目的建设地点 工程建设地点 矿区范围位置 实施地点 项目实施地点 工程地址 地块坐落 标的座落 房屋坐落 标的物坐落 宗地地址 建设地址 项目地址',
  },
  { key: 'location', tier: 1, source: 'mof', words: '交付地点 交货地点 服务地点 履约地点 项目所在地' },
  {
    key: 'landArea',
    tier: 0,
    source: 'mnr',
    words:
      '土地面积 出让面积 宗地面积 矿区面积 宗地总面积 面积 供地面积 用地面积 出让土地面积 勘查区面积 勘查面积 地块面积 土地总面积 总面积 受让面积 供应面积 净用地面积 土地使用权面积 出让宗地面积 净出让面积 用地总面积 拟出让面积 实际出让面积',
  },
  {
    key: 'landUse',
    tier: 0,
    source: 'mnr',
    words:
      '土地用途 规划用途 用途 主要用途 宗地用途 土地规划用途 土地使用性质 用地性质 规划用地性质 规划土地用途 土地规划性质',
  },
  {
    key: 'grantTerm',
    tier: 0,
    source: 'mnr',
    words:
      '出让年限 使用年限 年限 出让年期 土地使用年限 土地出让年限 出让期限 拟出让年限 采矿权出让年限 使用权年限 出让年 使用年期 土地使用期限',
  },
  { key: 'plotRatio', tier: 0, source: 'mnr', words: '容积率 规划容积率 容积率要求' },
  {
    key: 'startPrice',
    tier: 0,
    source: 'mnr',
    words:
      '起始价 挂牌起始价 起拍价 拍卖起始价 出让起始价 竞买起始价 挂牌出让起始价 起始价格 起叫价 竞价起始价 土地起始价 出让底价起始价 起始总价 拍卖起拍价 竞拍起始价 起始地价 挂牌起始总价 起始价总价 出让起始总价 起挂价',
  },
  {
    key: 'dealPrice',
    tier: 0,
    source: 'mnr',
    words:
      '成交价 土地成交价 交易价格 成交总价 出让价款 出让金 成交地价 成交金额 成交价款 成交价格 成交价总价 竞得价 出让价格 出让成交价 土地出让金 最终成交价 交易成交价 出让总价 成交总价款 成交额 土地出让价款 竞得金额 交易金额 成交租金总额 竞得总价 出让收益成交价',
  },
  { key: 'mineral', tier: 0, source: 'mnr', words: '开采矿种 勘查矿种 矿种 主要矿种 开采主矿种 出让矿种 矿产种类' },
  {
    key: 'appraisedValue',
    tier: 0,
    source: 'sasac',
    words:
      '评估值 评估价值 评估结果 评估价 评估价格 资产评估值 标的评估值 评估总值 转让标的评估值 评估总价 标的评估总价 转让标的对应评估值 评估净值 标的对应评估值',
  },
  {
    key: 'listingPrice',
    tier: 0,
    source: 'sasac',
    words:
      '挂牌价格 挂牌价 转让底价 转让参考价 转让标的底价 首次挂牌价 挂牌金额 转让价格 挂牌底价 出租底价 招租底价 标的底价 租金底价 拟转让价格 挂牌转让底价 转让低价 底价 处置底价 竞价底价 挂牌起始价 拟转让底价 首次挂牌价格',
  },
  {
    key: 'listingPeriod',
    tier: 0,
    source: 'sasac',
    words:
      '信息披露期 挂牌期限 挂牌期 挂牌时间 信息披露期限 披露期 公告挂牌时间 挂牌起止时间 挂牌公告期 信息披露起止日期 挂牌交易时间 挂牌交易期限 挂牌起止日期 信息披露时间',
  },
  {
    key: 'deadline',
    tier: 2,
    source: 'mnr',
    words: '挂牌期限 挂牌期 挂牌时间 挂牌起止时间 挂牌交易时间 挂牌交易期限 挂牌起止日期 网上挂牌时间 信息披露起止日期',
  },
  {
    key: 'deadline',
    // Behind what sentences say of the end of the listing.
    tier: 98,
    source: 'sasac',
    isSale: true,
    words: '报名时间 竞买报名时间 报名起止时间 报名期限 竞买申请时间',
  },
];
