import type { Category } from '../categories.ts';

/** An item of the catalogue of forty (基层政务公开标准目录，公共资源交易领域). */
export interface DutyItem {
  title: string;
  category: Category;
  basis: string;
  /** The time limit as the catalogue has it. */
  time: string;
  /** Whose duty it is. */
  holder: string;
  /** Whether notices of a project can tell; else why not. */
  told: true | string;
}

const item = (
  category: Category,
  title: string,
  basis: string,
  time: string,
  holder: string,
  told: true | string = true,
): DutyItem => ({ title, category, basis, time, holder, told });

const BODY = '由主管部门在其网站公开，不随单个项目发布';
const ZB = '招标人或其代理机构';
const CG = '采购人或其代理机构';
const ZR = '自然资源主管部门';
const CQ = '转让方';
const ND10 = '国家发展改革委令第10号';
const TLS = '《招标投标法实施条例》';
const GPR = '《政府采购法实施条例》';
const SC97 = '国办发〔2017〕97号';

/** The items by their number. The order and the grouping are to be held against the city's own list. */
export const DUTY_ITEMS: Readonly<Record<number, DutyItem>> = {
  1: item('construction', '审批核准信息', TLS, '形成后 20 个工作日内', '项目审批部门', BODY),
  2: item('construction', '资格预审公告', ND10, '及时', ZB),
  3: item('construction', '招标公告', ND10, '及时；距投标截止至少 20 日', ZB),
  4: item('construction', '中标候选人公示', `${TLS}第五十四条`, '收到评标报告 3 日内，公示至少 3 日', ZB),
  5: item('construction', '中标结果', ND10, '及时', ZB),
  6: item('construction', '澄清修改及异常', `${TLS}第二十一条、第三十一条`, '及时', ZB),
  7: item('construction', '合同订立信息', SC97, '签订后 20 个工作日内', ZB),
  8: item('construction', '合同履行及变更', SC97, '20 个工作日内', ZB),
  9: item('construction', '招标投标违法处罚', `${TLS}第七十八条`, '7 个工作日内', '行政监督部门', BODY),
  10: item('construction', '市场主体信用信息', SC97, '20 个工作日内', '行政监督部门', BODY),
  11: item('procurement', '采购意向', '财库〔2020〕10号', '采购开始前 30 日', '采购人'),
  12: item('procurement', '采购项目预算金额', SC97, '随公告和采购文件', CG),
  13: item('procurement', '招标（资格预审）公告', GPR, '采购开始前', CG),
  14: item('procurement', '谈判、磋商、询价公告', '财政部令第74号、财库〔2014〕214号', '采购开始前', CG),
  15: item('procurement', '单一来源公示', `${GPR}第三十八条`, '公示至少 5 个工作日', CG),
  16: item('procurement', '采购文件', `${GPR}第四十三条`, '随结果', CG),
  17: item('procurement', '更正事项', `${GPR}第三十一条`, '及时', CG),
  18: item('procurement', '采购结果', `${GPR}第四十三条`, '确定供应商后 2 个工作日内', CG),
  19: item('procurement', '终止（废标）', '财政部令第74号、第87号', '及时', CG),
  20: item('procurement', '采购合同', `${GPR}第五十条`, '签订后 2 个工作日内', '采购人'),
  21: item('procurement', '履约验收', `${GPR}第四十五条`, '验收后', '采购人'),
  22: item('procurement', '投诉与监督检查处理', `${GPR}第五十八条`, '5 个工作日内', '财政部门', BODY),
  23: item('procurement', '集中采购机构考核结果', '《政府采购法》第六十六条', '5 个工作日内', '财政部门', BODY),
  24: item('land', '供应计划', SC97, '20 个工作日内', ZR, BODY),
  25: item('land', '出让公告', '国土资源部令第39号第八条', '开始前至少 20 日', ZR),
  26: item('land', '补充、变更、中止公告', '国土资源部令第39号', '及时', ZR),
  27: item('land', '成交公示', '国土资源部令第39号', '活动结束后 10 个工作日内', `${ZR}、交易中心`),
  28: item('land', '供应结果', SC97, '20 个工作日内', ZR),
  29: item('land', '土地市场信用与处罚', '《土地管理法实施条例》', '7 个工作日内', ZR, BODY),
  30: item('mining', '出让公告', '矿业权出让交易规则（待确认）', '至少 20 个工作日', ZR),
  31: item(
    'mining',
    '协议出让公示',
    '矿业权出让交易规则（待确认）',
    '出让前',
    ZR,
    '没有单独的公告环节，不能与项目对应',
  ),
  32: item('mining', '成交结果公示', '矿业权出让交易规则（待确认）', '公示至少 10 个工作日', `${ZR}、交易中心`),
  33: item('mining', '审批登记结果', SC97, '20 个工作日内', ZR),
  34: item('mining', '项目及转让信息', SC97, '20 个工作日内', ZR, BODY),
  35: item('property', '交易决策及批准', '国资委、财政部令第32号', '20 个工作日内', `${CQ}、国资监管机构`, BODY),
  36: item('property', '信息预披露', '国资委、财政部令第32号', '至少 20 个工作日', CQ),
  37: item('property', '正式披露', '国资委、财政部令第32号', '至少 20 个工作日（资产按金额）', CQ),
  38: item('property', '变更、中止、终结', '国资委、财政部令第32号', '及时', `${CQ}、产权交易机构`),
  39: item('property', '中介审计评估结果', SC97, '随挂牌', CQ),
  40: item('property', '交易结果', '国资委、财政部令第32号', '公告至少 5 个工作日', '产权交易机构、交易中心'),
};

/** Categories that no item and no statutory limit is about. */
export const WITHOUT_DUTIES: readonly Category[] = ['medical', 'general'];
/** What is said of them. */
export const NO_DUTIES = '标准目录和法定期限没有这一类，不适用';
