import type { LabelLine } from './label-line.ts';

/** What may stand behind the word for a party without changing who is meant. */
const NAME = '(?:单位)?(?:名称|全称|信息)?';

/** Who buys or sells, who acts for them, who wins. */
export const PARTY_LABELS: readonly LabelLine[] = [
  {
    key: 'buyer',
    tier: 0,
    source: 'mof',
    words: '采购单位 采购人 采购机构 采购方 采购主体 采购人采购代理机构 采购人招标代理机构 采购人名称采购代理机构名称',
  },
  {
    key: 'buyer',
    tier: 0,
    source: 'ndrc',
    words:
      '招标人 招标单位 建设单位 招标采购人 招标方 项目法人 项目业主 项目单位 比选人 询价单位 询价人 竞价人 招标机构',
  },
  {
    key: 'buyer',
    tier: 0,
    source: 'seen',
    shape: new RegExp(
      `^(?:工程|项目)?(?:采购|招标|比选|询价|磋商|谈判|竞选|竞价|需求|遴选|建设)(?:采购)?(?:人|单位|方|业主)${NAME}$`,
    ),
  },
  { key: 'buyer', tier: 0, source: 'mnr', words: '出让人 出让方 出让单位 出让人名称 出让方名称' },
  {
    key: 'buyer',
    tier: 0,
    source: 'sasac',
    words:
      '转让方 转让方名称 转让人 委托方 委托方名称 委托人 委托单位 委托人名称 转出方 流转方 转让主体 出让主体 资产占有方 资产占有方名称 资产占有单位 资产持有人 产权持有人 产权人 处置单位 出租方名称 出租人名称 招租方 招租单位 招租人 融资方 增资企业 增资方 标的权属人',
  },
  {
    key: 'buyer',
    tier: 1,
    source: 'seen',
    words:
      '甲方 业主单位 业主 业主名称 出租方 出租人 出租单位 采购人甲方 发包人 发包方 发包单位 使用单位 购买方 合同甲方 建设单位或招标人',
  },
  { key: 'buyer', tier: 1, source: 'seen', shape: new RegExp(`^(?:工程|项目)?(?:发包|业主|甲)(?:人|单位|方)${NAME}$`) },
  {
    key: 'agency',
    tier: 0,
    source: 'mof',
    words:
      '采购代理机构 招标代理机构 代理机构 采购代理 招标代理 招标代理单位 代理单位 代理公司 招标采购代理机构 招标代理公司 代理机构招标代理 受托机构 受托机构名称 委托代理机构 招标服务单位 交易代理机构 拍卖人 拍卖机构 招标服务机构 代理服务机构 拍卖单位 拍卖公司',
  },
  {
    key: 'agency',
    tier: 0,
    source: 'seen',
    shape: /^(?:(?:集中)?采购|招标|招标采购|采购招标|项目)?代理(?:机构|单位|公司|人|方)(?:单位)?(?:名称|全称|信息)?$/,
  },
  {
    key: 'supplier',
    tier: 0,
    source: 'mof',
    words:
      '中标供应商 成交供应商 中标成交供应商 中标成交人 中标供应商信息 供应商中标 中标机构 入围供应商 成交商 中标商 中选供应商 中选成交供应商 入选供应商 中标成交单位',
  },
  {
    key: 'supplier',
    tier: 0,
    source: 'ndrc',
    words:
      '中标人 成交人 中标单位 成交单位 中选人 中选单位 中标企业 中标候选人中标人 拟中标人 拟中标单位 拟成交供应商 定标单位 中选机构 中标方',
  },
  {
    key: 'supplier',
    tier: 0,
    source: 'mnr',
    words:
      '竞得人 竞得单位 受让人 土地使用权人 土地竞得人 受让单位 竞得入选人 拟竞得人 买受人 竞买成功人 探矿权人 采矿权人 中标人竞得人 意向用地者 意向用地单位 用地单位 用地者 拟用地单位 拟受让人 拟受让单位 拟供地对象 供地对象',
  },
  {
    key: 'supplier',
    tier: 0,
    source: 'sasac',
    words: '受让方 交易对象 承租方 承租人 拟受让方 最终受让方 投资方 摘牌方',
  },
  {
    key: 'supplier',
    tier: 0,
    source: 'seen',
    shape: new RegExp(
      `^(?:拟|推荐|最终|推荐的)?(?:中标|成交|中选|入围|竞得|受让|入选|承租|定标)+(?:供应商|人|单位|方|企业|机构|公司|商|服务商|投标人)${NAME}$`,
    ),
  },
  { key: 'supplier', tier: 1, source: 'mof', words: '供应商名称 供应商 投标人名称 供应商全称' },
  {
    key: 'supplier',
    tier: 2,
    source: 'seen',
    words:
      '乙方 施工单位 承包人 承包单位 供货单位 供应商乙方 服务单位 中标候选供应商 供货商 承包方 乙方名称 合同乙方 供方 供货人 承揽人',
  },
  {
    key: 'supplierCode',
    tier: 0,
    source: 'mof',
    shape:
      /^(?:供应商|中标人|中标供应商|成交供应商|中标单位|投标人|成交人|单位|企业|机构|受让方|竞得人|受让人|中标成交供应商|乙方)?(?:名称)?(?:编码)?(?:统一)?(?:社会)?(?:统一)?信用(?:代码|编码)(?:证)?(?:号码?)?(?:或?组织机构代码(?:证号?)?)?(?:或?身份证号?码?)?$/,
  },
  {
    key: 'supplierCode',
    tier: 0,
    source: 'seen',
    words:
      '中标人代码 供应商代码 供应商编码 供应商编码统一社会信用代码 组织机构代码 投标人代码 投标单位代码 单位代码 企业代码',
  },
];
