import type { ArticleContent } from '#src/domain/articles/content.ts';
import { paragraphs, type SeedArticle, seed } from './seed.ts';

type Instrument = Pick<ArticleContent, 'title' | 'issuer' | 'number' | 'summary' | 'issuedOn' | 'effectiveOn'> &
  Partial<Pick<ArticleContent, 'validity' | 'category'>>;

const BASIS =
  '全文请以国家法律法规数据库和制定机关公布的文本为准；有效性按编写时所知填写，日期没有核实到的不写，使用前请核对。';

const toSeed =
  (kind: 'law' | 'document') =>
  ([slug, given, related = []]: readonly [slug: string, given: Instrument, related?: readonly string[]]): SeedArticle =>
    seed(
      slug,
      kind,
      {
        validity: 'inForce',
        keywords: '法律法规,公共资源交易',
        bodyHtml: paragraphs(`${given.summary}`, BASIS),
        ...given,
        source: given.issuer,
      },
      related,
    );

const NPC = '全国人民代表大会常务委员会';
const STATE = '国务院';

/** Laws, regulations and rules: title, number, dates, what it is for in a line. */
export const LAWS: readonly SeedArticle[] = (
  [
    [
      'law-bl',
      {
        title: '中华人民共和国招标投标法',
        issuer: NPC,
        number: '主席令第21号（2017年修正）',
        issuedOn: '1999-08-30',
        effectiveOn: '2000-01-01',
        category: 'construction',
        summary: '规定哪些项目必须招标，招标、投标、开标、评标和中标的程序与法律责任。2017 年 12 月修正。',
      },
    ],
    [
      'law-blr',
      {
        title: '中华人民共和国招标投标法实施条例',
        issuer: STATE,
        number: '国务院令第613号（2019年修订）',
        issuedOn: '2011-12-20',
        effectiveOn: '2012-02-01',
        category: 'construction',
        summary: '细化招标投标的期限、保证金、异议、投诉和串通投标的认定。2019 年 3 月修订。',
      },
    ],
    [
      'law-gpl',
      {
        title: '中华人民共和国政府采购法',
        issuer: NPC,
        number: '主席令第68号（2014年修正）',
        issuedOn: '2002-06-29',
        effectiveOn: '2003-01-01',
        category: 'procurement',
        summary: '规定政府采购的当事人、采购方式、程序、合同、质疑与投诉。2014 年 8 月修正。',
      },
    ],
    [
      'law-gpr',
      {
        title: '中华人民共和国政府采购法实施条例',
        issuer: STATE,
        number: '国务院令第658号',
        issuedOn: null,
        effectiveOn: '2015-03-01',
        category: 'procurement',
        summary: '规定采购信息公开、评审、结果公告、合同公告和履约验收的具体要求。',
      },
    ],
    [
      'law-lar',
      {
        title: '中华人民共和国土地管理法实施条例',
        issuer: STATE,
        number: '国务院令第743号（2021年修订）',
        issuedOn: '2021-07-02',
        effectiveOn: '2021-09-01',
        category: 'land',
        summary: '规定国有建设用地供应计划的编制与公布、土地有偿使用等。',
      },
    ],
    [
      'law-mrl',
      {
        title: '中华人民共和国矿产资源法',
        issuer: NPC,
        number: '2024年11月8日修订',
        issuedOn: '2024-11-08',
        effectiveOn: '2025-07-01',
        category: 'mining',
        summary: '规定矿业权通过竞争性方式取得、出让公告的内容和矿业权人的权利义务。',
      },
    ],
    [
      'law-ogi',
      {
        title: '中华人民共和国政府信息公开条例',
        issuer: STATE,
        number: '国务院令第711号（2019年修订）',
        issuedOn: '2019-04-03',
        effectiveOn: '2019-05-15',
        summary: '规定主动公开的内容和 20 个工作日的时限、依申请公开的程序和答复、年度报告。',
      },
    ],
    [
      'law-pipl',
      {
        title: '中华人民共和国个人信息保护法',
        issuer: NPC,
        number: '主席令第91号',
        issuedOn: '2021-08-20',
        effectiveOn: '2021-11-01',
        summary: '规定处理个人信息的规则：目的明确、最小必要、公开透明，个人有查阅、更正、删除的权利。',
      },
    ],
    [
      'law-apl',
      {
        title: '中华人民共和国行政处罚法',
        issuer: NPC,
        number: '主席令第70号（2021年修订）',
        issuedOn: '2021-01-22',
        effectiveOn: '2021-07-15',
        summary: '规定行政处罚的种类、程序和公开；具有一定社会影响的处罚决定依法公开。',
      },
    ],
    [
      'law-sdc',
      {
        title: '山东省社会信用条例',
        issuer: '山东省人民代表大会常务委员会',
        number: '2020年7月24日通过',
        issuedOn: '2020-07-24',
        effectiveOn: '2020-10-01',
        summary: '规定社会信用信息的归集、公开、异议和修复。',
      },
    ],
    [
      'law-16',
      {
        title: '必须招标的工程项目规定',
        issuer: '国家发展和改革委员会',
        number: '国家发展改革委令第16号',
        issuedOn: '2018-03-27',
        effectiveOn: '2018-06-01',
        category: 'construction',
        summary:
          '必须招标的规模：施工单项合同估算价 400 万元以上，货物 200 万元以上，勘察、设计、监理等服务 100 万元以上。',
      },
    ],
    [
      'law-nd10',
      {
        title: '招标公告和公示信息发布管理办法',
        issuer: '国家发展和改革委员会',
        number: '国家发展改革委令第10号',
        issuedOn: '2017-11-23',
        effectiveOn: '2018-01-01',
        category: 'construction',
        summary: '规定招标公告、中标候选人公示和中标结果公示的内容与发布媒介的责任；发布不收费。',
      },
    ],
    [
      'law-mf87',
      {
        title: '政府采购货物和服务招标投标管理办法',
        issuer: '财政部',
        number: '财政部令第87号',
        issuedOn: '2017-07-11',
        effectiveOn: '2017-10-01',
        category: 'procurement',
        summary: '规定货物和服务招标的公告、开标、评标和中标程序；招标公告的公告期限为 5 个工作日。',
      },
    ],
    [
      'law-mf74',
      {
        title: '政府采购非招标采购方式管理办法',
        issuer: '财政部',
        number: '财政部令第74号',
        issuedOn: null,
        effectiveOn: null,
        category: 'procurement',
        summary: '规定竞争性谈判、单一来源和询价的适用情形与程序。',
      },
    ],
    [
      'law-mf94',
      {
        title: '政府采购质疑和投诉办法',
        issuer: '财政部',
        number: '财政部令第94号',
        issuedOn: '2017-12-26',
        effectiveOn: '2018-03-01',
        category: 'procurement',
        summary: '规定供应商质疑、投诉的条件、期限、材料和处理。',
      },
    ],
    [
      'law-mf101',
      {
        title: '政府采购信息发布管理办法',
        issuer: '财政部',
        number: '财政部令第101号',
        issuedOn: null,
        effectiveOn: null,
        category: 'procurement',
        summary: '规定政府采购信息在指定媒体上免费、及时、完整发布，不同媒体的内容一致。',
      },
    ],
    [
      'law-mf110',
      {
        title: '政府采购框架协议采购方式管理暂行办法',
        issuer: '财政部',
        number: '财政部令第110号',
        issuedOn: null,
        effectiveOn: '2022-03-01',
        category: 'procurement',
        summary: '规定小额零星、多频次采购怎样先征集入围供应商，再授予合同。',
      },
    ],
    [
      'law-ml39',
      {
        title: '招标拍卖挂牌出让国有建设用地使用权规定',
        issuer: '国土资源部',
        number: '国土资源部令第39号',
        issuedOn: null,
        effectiveOn: '2007-11-01',
        category: 'land',
        summary: '规定土地出让公告提前 20 日发布、公告内容、竞价程序和结果公布。',
      },
    ],
    [
      'law-sa32',
      {
        title: '企业国有资产交易监督管理办法',
        issuer: '国务院国有资产监督管理委员会、财政部',
        number: '国资委、财政部令第32号',
        issuedOn: null,
        effectiveOn: null,
        category: 'property',
        summary: '规定企业产权转让、增资、资产转让的审批、评估、信息披露期限和进场交易。',
      },
    ],
    [
      'law-39',
      {
        title: '公共资源交易平台管理暂行办法',
        issuer: '国家发展和改革委员会等 14 部门',
        number: '14 部委令第39号（2016年）',
        issuedOn: null,
        effectiveOn: null,
        summary:
          '规定公共资源交易平台的运行、服务、信息共享和监督。与国土资源部令第39号、国资发产权规〔2022〕39号不是同一个文件。',
      },
    ],
  ] as const
).map(toSeed('law'));

/** Documents below the laws. */
export const DOCUMENTS: readonly SeedArticle[] = (
  [
    [
      'law-sc97',
      {
        title: '国务院办公厅关于推进公共资源配置领域政府信息公开的意见',
        issuer: '国务院办公厅',
        number: '国办发〔2017〕97号',
        issuedOn: null,
        effectiveOn: null,
        summary: '列明工程建设、政府采购、土地、矿业权、国有产权等领域应当公开的信息和公开的时限。',
      },
      ['explain-disclosure'],
    ],
    [
      'law-std752',
      {
        title: '公共资源交易领域基层政务公开标准指引',
        issuer: '国家发展和改革委员会办公厅',
        number: '发改办法规〔2019〕752号',
        issuedOn: null,
        effectiveOn: null,
        summary: '给出公开事项的标准目录：公开内容、依据、时限、主体、渠道、对象和方式。',
      },
      ['explain-disclosure'],
    ],
    [
      'law-ck10',
      {
        title: '关于开展政府采购意向公开工作的通知',
        issuer: '财政部',
        number: '财库〔2020〕10号',
        issuedOn: null,
        effectiveOn: null,
        category: 'procurement',
        summary: '采购意向原则上不晚于采购活动开始前 30 日公开。',
      },
      ['explain-intention'],
    ],
    [
      'law-cbk50',
      {
        title: '政府采购公告和公示信息格式规范（2020年版）',
        issuer: '财政部办公厅',
        number: '财办库〔2020〕50号',
        issuedOn: null,
        effectiveOn: null,
        category: 'procurement',
        summary: '规定政府采购各类公告的格式和要素。',
      },
    ],
    [
      'law-ck214',
      {
        title: '政府采购竞争性磋商采购方式管理暂行办法',
        issuer: '财政部',
        number: '财库〔2014〕214号',
        issuedOn: null,
        effectiveOn: null,
        category: 'procurement',
        summary: '规定竞争性磋商的适用情形、文件期限、评审和成交。',
      },
    ],
    [
      'law-mn2023',
      {
        title: '矿业权出让交易规则',
        issuer: '自然资源部',
        number: '自然资规〔2023〕1号',
        issuedOn: null,
        effectiveOn: null,
        category: 'mining',
        summary: '规定矿业权出让的公告、竞价、公示和交易平台的职责。',
      },
    ],
    [
      'law-sa2025',
      {
        title: '企业国有资产交易操作规则',
        issuer: '国务院国有资产监督管理委员会',
        number: '国资发产权规〔2025〕17号',
        issuedOn: '2025-02-18',
        effectiveOn: null,
        category: 'property',
        summary: '规定产权转让、增资、资产转让在产权交易机构的操作流程。',
      },
    ],
    [
      'law-gw47',
      {
        title: '政府网站发展指引',
        issuer: '国务院办公厅',
        number: '国办发〔2017〕47号',
        issuedOn: null,
        effectiveOn: null,
        summary: '规定政府网站的栏目、页面、信息发布、解读回应、互动和安全的要求。',
      },
    ],
    [
      'law-cr36',
      {
        title: '信用修复管理办法',
        issuer: '国家发展和改革委员会',
        number: '国家发展改革委令第36号',
        issuedOn: '2025-11-20',
        effectiveOn: '2026-04-01',
        summary: '把失信信息分为轻微、一般、严重三类，规定各类的公示期限和修复条件。',
      },
      ['explain-repair'],
    ],
  ] as const
).map(toSeed('document'));
