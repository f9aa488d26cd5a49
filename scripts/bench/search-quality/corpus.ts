import type { Category } from '#src/domain/categories.ts';
import { COUNTIES, COUNTY_SLUGS, type County, countyDefinition } from '#src/domain/counties/counties.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import type { Stage } from '#src/domain/stages.ts';

/** A generated notice: everything judgements are made from. */
export interface CorpusNotice {
  id: string;
  title: string;
  category: Category;
  stage: Stage;
  county: County;
  buyer: string;
  agency: string;
  supplier: string;
  code: string;
  body: string;
  amountFen: number;
  publishedAt: string;
  deadlineAt: string;
}

/** Small seeded generator (mulberry32): the corpus is a function of its size. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SUBJECTS: Record<string, [Category, string]> = {
  construction: [
    'construction',
    '老旧小区改造工程 道路改造提升工程 污水处理厂提标改造工程 高标准农田建设项目 智慧停车场建设项目 雨污分流改造工程 河道综合治理工程 农村公路养护工程 桥梁加固维修工程 供热管网改造工程 幼儿园新建工程 教学楼消防设施改造 太阳能路灯安装工程 公厕提升改造工程 标准厂房在建工程监理 水库除险加固工程 棚户区改造安置房建设 城区供水管网更新 人行天桥勘察设计 湿地公园生态修复工程 粮食仓储物流基地 殡仪馆迁建工程 文化广场绿化工程 电力线路迁改工程',
  ],
  procurement: [
    'procurement',
    '校园视频监控系统采购 LED显示屏采购 5G基站配套设备 物业管理服务 学校食堂食材配送服务 保安服务 档案数字化加工 法律顾问服务 造价咨询服务 校服采购 图书采购 实训室设备采购 新能源汽车充电桩 园林绿化养护服务 垃圾清运服务 大气环境监测服务 土壤污染检测 国土空间规划编制 防汛抢险物资采购 植保无人机采购 小麦良种补贴 智慧城市大脑平台 政务云运维服务 职工健康体检服务 公务用车保险 信息化系统等级保护测评 招商推介活动策划 农业发展规划编制 乡村旅游宣传片拍摄 电梯维保服务 空调采购 课桌椅采购',
  ],
  medical: [
    'medical',
    '核磁共振成像系统采购 128排CT采购 彩色多普勒超声诊断仪 全自动生化分析仪 呼吸机采购 疫苗冷链设备 手术显微镜 DR数字化摄影系统 血液透析机 牙科综合治疗椅 胃肠镜系统 新生儿暖箱',
  ],
  land: ['land', '国有建设用地使用权挂牌出让 国有建设用地使用权拍卖出让 工业用地使用权出让 商住用地使用权出让'],
  property: ['property', '闲置房屋出租 公务车辆处置 国有股权转让 废旧物资处置 门面房招租 林权流转'],
};
const PLACES =
  '太白楼路 红星中路 建设北路 洸河路 吴泰闸路 仙营街道 古槐街道 金城街道 唐口街道 喻屯镇 大安镇 新兖镇 颜店镇 石桥镇 王因街道 黄屯街道 时庄街道 小雪街道 陵城镇 钢山街道 凫山街道 北宿镇 太平镇 夏镇街道 欢城镇 谷亭街道 王鲁镇 鱼山街道 羊山镇 卧龙山街道 纸坊镇 中都街道 南站街道 泗河街道 杨柳镇 水泊街道 拳铺镇'.split(
    ' ',
  );
const BUYERS =
  '教育和体育局 卫生健康局 住房和城乡建设局 自然资源和规划局 农业农村局 城乡水务局 交通运输局 综合行政执法局 人民医院 中医医院 妇幼保健院 第一中学 实验小学 职业技术学院 公安局 财政局 民政局 大数据中心 机关事务服务中心 城市建设投资有限公司 疾病预防控制中心 行政审批服务局'.split(
    ' ',
  );
const SHOPS =
  '鼎新 恒泰 中晟 华瑞 同济 金桥 博远 汇丰源 天元 瑞丰 宏达 圣地 东岳 孔孟 鲁班 运河 微山湖 泰山 齐鲁 国信 诚达 信合 广源 永盛 万嘉 佳和 立信 海川 盛世 九州'.split(
    ' ',
  );
const TRADES =
  '建设工程 市政工程 水利工程 园林绿化工程 信息技术 网络科技 医疗器械 生物科技 物业服务 餐饮管理 保安服务 环境工程 电子科技 教育装备 测绘规划 工程监理'.split(
    ' ',
  );
const AGENCIES =
  '山东正信招标代理有限公司 济宁公诚工程咨询有限公司 山东儒林项目管理有限公司 济宁众成工程造价咨询有限公司'.split(' ');
const STAGE_TITLES: Record<'tender' | 'land' | 'property', [Stage, string][]> = {
  tender: [
    ['tenderNotice', '招标公告'],
    ['tenderNotice', '竞争性磋商公告'],
    ['correctionNotice', '更正公告'],
    ['awardNotice', '中标结果公告'],
    ['contractNotice', '合同公告'],
    ['failureNotice', '废标公告'],
  ],
  land: [
    ['landOffering', '公告'],
    ['landDealNotice', '成交公示'],
  ],
  property: [
    ['propertyListing', '挂牌公告'],
    ['propertyDeal', '成交公告'],
  ],
};
const CLAUSES =
  '投标人须具有独立承担民事责任的能力。|本项目不接受联合体投标。|投标文件应当在截止时间前通过电子交易系统递交，逾期不予受理。|评标办法采用综合评分法。|质量标准为合格，须符合国家及行业现行规范。|付款方式：合同签订后支付百分之三十，验收合格后支付至百分之九十七。|履约保证金为中标价的百分之五。|公告同时在中国招标投标公共服务平台发布。|供应商须提供近三年无重大违法记录的声明。|如对本公告有异议，请在公示期内以书面形式提出。|联系地址及联系方式见招标文件。|本次采购落实节能环保、扶持中小企业等政府采购政策。'.split(
    '|',
  );

const DAY = 86_400_000;
const START = Date.parse('2020-01-02T01:00:00Z');

/** `count` notices, the same for the same count. */
export function generateCorpus(count: number): CorpusNotice[] {
  const random = seeded(20_200_401);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;
  const groups = Object.values(SUBJECTS).map(([category, words]) => [category, words.split(' ')] as const);
  const everySubject = groups.flatMap(([, subjects]) => subjects);
  return Array.from({ length: count }, (_, index) => {
    const [category, subjects] = pick(random() < 0.45 ? groups.slice(0, 2) : groups);
    const county = pick(COUNTY_SLUGS);
    const place = COUNTIES[county].label;
    const subject = pick(subjects);
    const kind = category === 'land' || category === 'property' ? category : 'tender';
    const [stage, suffix] = pick(STAGE_TITLES[kind]);
    const when = START + Math.floor(random() * 700) * DAY + index * 1000;
    const year = new Date(when).getUTCFullYear();
    const unit = county === 'jining' ? '济宁市' : `济宁市${place.replace(/^济宁/, '')}`;
    const supplier = `${pick(['山东', '济宁', '济宁市', countyDefinition(county).short.replace('市本级', '山东')])}${pick(SHOPS)}${pick(TRADES)}有限公司`;
    const code =
      category === 'land'
        ? `济自规告字〔${year}〕${(index % 90) + 1}号`
        : `SDGP3708${String(11 + (index % 40))}000${year}02${String(index).padStart(6, '0')}`;
    const serial = `${pick(['JNZB', 'ZCCG', 'YZJY', 'QFGC'])}-${year}-${String(index % 10_000).padStart(4, '0')}`;
    const clauses = Array.from({ length: 6 }, () => pick(CLAUSES)).join('');
    const place2 = pick(PLACES);
    return {
      id: noticeId('quality', String(index)),
      title: `${place}${place2}${random() < 0.3 ? `${year}年度` : ''}${subject}${suffix}`,
      category,
      stage,
      county,
      buyer: `${unit}${pick(BUYERS)}`,
      agency: pick(AGENCIES),
      supplier,
      code: index % 2 === 0 || category === 'land' ? code : serial,
      body: `一、项目概况：本次内容为${subject}，位于${place2}。${clauses}参考${pick(everySubject)}的同类做法。面积约${100 + Math.floor(random() * 900)}平方米。${pick(CLAUSES)}`,
      amountFen: Math.floor(random() * 5_000_000_00),
      publishedAt: new Date(when).toISOString(),
      deadlineAt: new Date(when + 20 * DAY).toISOString(),
    };
  });
}
