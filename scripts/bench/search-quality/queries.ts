import { CATEGORIES } from '#src/domain/categories.ts';
import { countyDefinition } from '#src/domain/counties/counties.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { stageDefinition } from '#src/domain/stages.ts';
import type { CorpusNotice } from './corpus.ts';

/** A query with what a person who types it wants, said in words of the notices. */
export interface JudgedQuery {
  kind: string;
  q: string;
  /** All must be met; each by one of its texts. Stages by what titles and labels call them: 合同 and 中标 stand in texts of every stage. */
  wants: string[][];
  not?: string[];
  filter?: NoticeFilter;
}

const each = (kind: string, list: string): JudgedQuery[] => list.split(' ').map((q) => ({ kind, q, wants: [[q]] }));

/** `typed=wanted+wanted/alternative` items. */
const mapped = (kind: string, list: string): JudgedQuery[] =>
  list.split('|').map((item) => {
    const [q = '', wanted = ''] = item.split('=');
    return { kind, q, wants: wanted.split('+').map((part) => part.split('/')) };
  });

const FIXED: JudgedQuery[] = [
  ...each(
    'noun',
    '工程 监控 农业 招商 食材 绿化 道路 物业 幼儿园 充电桩 呼吸机 停车场 无人机 体检 图书 电梯 公厕 桥梁 水库 林权 校服 污水 股权 房屋',
  ),
  ...each(
    'compound',
    '污水处理厂提标改造 高标准农田建设 老旧小区改造工程 智慧停车场 视频监控系统 学校食堂食材配送 全自动生化分析仪 彩色多普勒超声诊断仪 国土空间规划编制 防汛抢险物资 园林绿化养护服务 棚户区改造安置房 信息化系统等级保护测评 太阳能路灯安装 农村公路养护',
  ),
  ...mapped(
    'words',
    '邹城 监控=邹城+监控|曲阜 道路=曲阜+道路|招商 策划=招商+策划|任城区 物业=任城区+物业|微山 无人机=微山县+无人机|金乡 食材=金乡+食材|梁山 污水=梁山+污水|泗水 水库=泗水+水库|汶上 招标 公告=汶上+招标公告|嘉祥 核磁共振 中标=嘉祥+核磁共振+中标|鱼台 农田 废标=鱼台+农田+废标|兖州 路灯 更正=兖州+路灯+更正|中医医院 呼吸机=中医医院+呼吸机|教育和体育局 校服 采购=教育和体育局+校服|高新区 停车场 合同=济宁高新区+停车场+合同公告|喻屯镇 公厕 改造=喻屯镇+公厕+改造',
  ),
  ...mapped(
    'unspaced',
    '邹城道路改造=邹城+道路改造|兖州老旧小区改造工程更正=兖州+老旧小区改造工程+更正|曲阜食材配送=曲阜+食材配送|微山县无人机采购=微山县+无人机采购|金乡县垃圾清运中标结果=金乡县+垃圾清运+中标结果|任城区污水处理厂招标公告=任城区+污水处理厂+招标公告|梁山水库加固=梁山+水库+加固|泗水县保安服务合同=泗水县+保安服务+合同公告',
  ),
  ...each(
    'buyer',
    '济宁市教育和体育局 济宁市邹城市人民医院 济宁市兖州区城乡水务局 济宁市曲阜市财政局 济宁市任城区公安局 济宁市梁山县第一中学 济宁市金乡县自然资源和规划局 大数据中心 疾病预防控制中心 城市建设投资有限公司',
  ),
  ...each(
    'company',
    '山东鼎新建设工程有限公司 济宁恒泰信息技术有限公司 济宁市同济医疗器械有限公司 山东微山湖物业服务有限公司 鲁班市政工程 孔孟餐饮管理 汇丰源生物科技 九州测绘规划 齐鲁工程监理 正信招标代理',
  ),
  ...mapped(
    'abbreviation',
    '教体局=教育和体育局|住建局=住房和城乡建设局|自规局=自然资源和规划局|卫健局=卫生健康局|邹城教体局=邹城+教育和体育局|疾控中心=疾病预防控制中心|城管局=综合行政执法局|土地出让=使用权挂牌出让/使用权拍卖出让/使用权出让|兖州人民医院=兖州区人民医院|邹城市人民医院=邹城市人民医院|曲阜中医院=曲阜+中医医院|鼎新建设工程有限公司=鼎新建设工程有限公司|交通局=交通运输局|水务局=城乡水务局|核磁=核磁共振',
  ),
  ...mapped(
    'pinyin',
    'jiankong=监控|daolu=道路|shiting=食堂|tushu=图书|dianti=电梯|wurenji=无人机|huxiji=呼吸机|youeryuan=幼儿园|zoucheng=邹城|qufu=曲阜|wuye guanli=物业管理|daolu gaizao=道路改造|daolugaizao=道路+改造'.replace(
      'shiting=食堂|',
      'shitang=食堂|',
    ),
  ),
  ...mapped(
    'typo',
    '监空系统=监控系统|道路该造=道路改造|污水处理长=污水处理厂|校服彩购=校服采购|无人鸡=无人机|呼吸鸡=呼吸机|充电庄=充电桩|幼儿圆=幼儿园|停车厂=停车场|食材配颂=食材配送|电剃维保=电梯维保|绿化养互=绿化养护',
  ),
  ...mapped(
    'traditional',
    '道路改造提升工程=道路改造提升工程|濟寧市教育和體育局=济宁市教育和体育局|監控系統=监控系统|幼兒園=幼儿园|農業發展=农业发展|電梯維保=电梯维保|圖書採購=图书采购|呼吸機=呼吸机'
      .replace('道路改造提升工程=', '道路改造提昇工程=')
      .replace('提昇', '提升'),
  ),
  ...mapped('full-width', 'ＬＥＤ显示屏=LED显示屏|１２８排ＣＴ=128排CT|５Ｇ基站=5G基站|ＤＲ数字化摄影=DR数字化摄影'),
  ...each('mixed', 'LED显示屏 128排CT 5G基站 DR数字化摄影系统 LED 5G'),
  ...mapped(
    'mixed',
    'led屏采购=LED显示屏|128排ct 邹城=128排CT+邹城|2020年度道路=2020年度+道路|2021年度=2021年度'.replace(
      'led屏采购=LED显示屏|',
      '',
    ),
  ),
  ...mapped('number', '128=128排|2020=2020年度|2021=2021年度|2020 道路改造=2020年度+道路改造|2021 监控=2021年度+监控'),
  ...mapped(
    'quotes',
    '"改造提升工程"=改造提升工程|“食堂食材”=食堂食材|"在建工程"=在建工程|「综合治理」=综合治理|"设施改造" 邹城=设施改造+邹城|"用地使用权拍卖"=用地使用权拍卖',
  ),
  ...mapped(
    'straddle',
    '提标改=提标改|统采购=统采购|庭食材=庭食材|区改造工=区改造工|化养护服=化养护服|路灯安=路灯安|育和体=育和体|电子=电子|权挂牌出=权挂牌出|共振成=共振成|生健康=生健康|化分析=化分析'.replace(
      '庭食材=庭食材|',
      '堂食材=堂食材|',
    ),
  ),
  ...mapped(
    'question',
    '邹城有哪些学校食堂食材配送项目=邹城+学校食堂食材配送|最近有没有核磁共振采购的招标公告=核磁共振+招标公告|任城区老旧小区改造是哪家公司中标的=任城区+老旧小区改造+中标（成交）结果|请问曲阜的污水处理厂提标改造什么时候开标=曲阜+污水处理厂提标改造|微山县正在招标的农村公路养护工程有哪些=微山县+农村公路养护+招标|哪里有幼儿园新建工程的招标信息=幼儿园新建工程+招标|想找一下梁山县智慧停车场建设的合同=梁山县+智慧停车场+合同|金乡县今年的保安服务采购中标结果怎么查=金乡县+保安服务+中标结果|泗水县水库除险加固工程的废标情况=泗水县+水库除险加固工程+废标|有没有嘉祥县电梯维保服务的更正公告=嘉祥县+电梯维保服务+更正公告|我想看看鱼台县高标准农田建设项目的招标公告=鱼台县+高标准农田建设项目+招标公告|汶上县哪个单位在采购植保无人机=汶上县+植保无人机',
  ),
  ...'魑魅魍魉 航空母舰采购 火星基地 ZZZZ-9999-8888 99887766554433 量子纠缠对撞机 "改造道路提标" xqzwvk 深海载人潜水器维修 "邹城济宁曲阜"'
    .split(' ')
    .map((q) => ({ kind: 'nothing', q, wants: [['\u0000']] })),
  ...mapped(
    'filter words',
    '曲阜 电梯 更正公告=曲阜市+电梯+更正公告|微山 中标结果 物业=微山县+物业+中标（成交）结果|邹城 招标公告 路灯=邹城市+路灯+招标公告/竞争性磋商公告|梁山县 合同公告 食材=梁山县+食材+合同公告|政府采购 无人机=无人机+政府采购|土地出让 嘉祥=嘉祥+土地使用权',
  ),
  { kind: 'filter words', q: '2020年 监控', wants: [['监控']], filter: { from: '2020-01-01', to: '2020-12-31' } },
  ...mapped(
    'spelling',
    '⻥台县 水库=鱼台县+水库|无人\u200b机=无人机|dtwb=电梯维保|wyglfw=物业管理服务|ldsz=绿道设置'.replace(
      '|ldsz=绿道设置',
      '',
    ),
  ),
  ...mapped('choice', '电梯 或 空调=电梯/空调|校服 OR 图书=校服/图书|呼吸机|暖箱='.replace('|呼吸机|暖箱=', '')),
  ...mapped(
    'pasted',
    '#招标公告# 邹城市 智慧停车场建设项目.pdf=邹城市+智慧停车场建设项目|曲阜 电梯维保服务 附链接=曲阜+电梯维保服务|金乡县校服采购（点击查看全文）=金乡县+校服采购',
  ),
  { kind: 'exclusion', q: '绿化 不要养护', wants: [['绿化']], not: ['养护'] },
  { kind: 'exclusion', q: '采购 除了校服', wants: [['采购']], not: ['校服'] },
  { kind: 'exclusion', q: '改造 -道路', wants: [['改造']], not: ['道路'] },
  { kind: 'exclusion', q: '采购 -校服 -图书', wants: [['采购']], not: ['校服', '图书'] },
  { kind: 'exclusion', q: '监控 -更正', wants: [['监控']], not: ['更正'] },
  { kind: 'exclusion', q: '使用权 -拍卖', wants: [['使用权']], not: ['拍卖'] },
  { kind: 'exclusion', q: '绿化 -养护', wants: [['绿化']], not: ['养护'] },
  { kind: 'filter', q: '监控', wants: [['监控']], filter: { county: 'zoucheng' } },
  { kind: 'filter', q: '采购', wants: [['采购']], filter: { category: 'medical', stage: 'awardNotice' } },
  { kind: 'filter', q: '改造', wants: [['改造']], filter: { from: '2021-01-01', to: '2021-06-30' } },
  { kind: 'filter', q: '食材', wants: [['食材']], filter: { min: 100_000_00, max: 2_000_000_00 } },
  { kind: 'filter', q: '道路', wants: [['道路']], filter: { stage: 'tenderNotice', county: 'qufu' } },
  { kind: 'filter', q: '出让', wants: [['出让']], filter: { category: 'land' } },
  { kind: 'filter', q: '服务', wants: [['服务']], filter: { buyer: '济宁市邹城市人民医院' } },
  { kind: 'filter', q: '工程', wants: [['工程']], filter: { status: 'closed', county: 'weishan' } },
];

/** Queries made from codes that really occur. */
function codeQueries(corpus: readonly CorpusNotice[]): JudgedQuery[] {
  const long = corpus.filter(({ code }) => code.startsWith('SDGP')).slice(100, 108);
  const serial = corpus.filter(({ code }) => /^[A-Z]{4}-/.test(code)).slice(100, 108);
  const land = corpus.filter(({ code }) => code.includes('告字')).slice(20, 24);
  const wants = (code: string) => [[code]];
  return [
    ...[...long.slice(0, 4), ...serial.slice(0, 4), ...land].map(({ code }) => ({
      kind: 'code',
      q: code,
      wants: wants(code),
    })),
    ...serial
      .slice(0, 3)
      .map(({ code }) => ({ kind: 'code spelt', q: code.replaceAll('-', ' ').toLowerCase(), wants: wants(code) })),
    ...serial
      .slice(3, 6)
      .map(({ code }) => ({ kind: 'code spelt', q: `项目编号：${code.replaceAll('-', '')}`, wants: wants(code) })),
    ...long
      .slice(4, 6)
      .map(({ code }) => ({ kind: 'code spelt', q: `采购项目编号:${code.toLowerCase()}`, wants: wants(code) })),
    ...land
      .slice(0, 3)
      .map(({ code }) => ({ kind: 'code spelt', q: code.replace('〔', '[').replace('〕', ']'), wants: wants(code) })),
    ...long.slice(4).map(({ code }) => ({ kind: 'code part', q: code.slice(-10), wants: wants(code.slice(-10)) })),
    ...serial.slice(6, 8).map(({ code }) => ({ kind: 'code part', q: code.slice(5), wants: wants(code.slice(5)) })),
  ];
}

/** All judged queries for a corpus. Those that should find something are left out where the corpus holds nothing for them. */
export function judgedQueries(corpus: readonly CorpusNotice[]): JudgedQuery[] {
  return [...FIXED, ...codeQueries(corpus)].filter(
    (query) => query.kind === 'nothing' || corpus.some((notice) => gradeOf(notice, query) > 0),
  );
}

const compact = (text: string) => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

/** How well one wanted text is met: 3 title, code or place, 2 a party, 1 the body, 0 not. */
function meets(notice: CorpusNotice, text: string): number {
  const place = `${countyDefinition(notice.county).label} ${CATEGORIES[notice.category].label} ${stageDefinition(notice.stage).label}`;
  if (notice.title.includes(text) || place.includes(text)) return 3;
  if (/\d/.test(text) && compact(notice.code).includes(compact(text))) return 3;
  if (`${notice.buyer} ${notice.supplier} ${notice.agency}`.includes(text)) return 2;
  return notice.body.includes(text) ? 1 : 0;
}

const passes = (notice: CorpusNotice, filter: NoticeFilter = {}) =>
  (!filter.category || notice.category === filter.category) &&
  (!filter.stage || notice.stage === filter.stage) &&
  (!filter.county || notice.county === filter.county) &&
  (!filter.buyer || notice.buyer === filter.buyer) &&
  (filter.min === undefined || notice.amountFen >= filter.min) &&
  (filter.max === undefined || notice.amountFen <= filter.max) &&
  (!filter.from || notice.publishedAt >= new Date(`${filter.from}T00:00:00+08:00`).toISOString()) &&
  (!filter.to || notice.publishedAt < new Date(Date.parse(`${filter.to}T00:00:00+08:00`) + 86_400_000).toISOString()) &&
  (!filter.status || (filter.status === 'closed') === notice.deadlineAt <= new Date().toISOString());

/** The grade of a notice for a query, from what the generator put into it. */
export function gradeOf(notice: CorpusNotice, { wants, not = [], filter }: JudgedQuery): number {
  if (!passes(notice, filter) || not.some((text) => meets(notice, text) > 0)) return 0;
  return Math.min(...wants.map((texts) => Math.max(...texts.map((text) => meets(notice, text)))));
}
