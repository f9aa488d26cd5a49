import { CHANNELS } from './catalogue.ts';

/** A part of the guide or of the rules: a heading and its paragraphs. */
export interface Section {
  id: string;
  title: string;
  paragraphs: readonly string[];
}

/** Since when the guide says what it says; each change of its words makes another version. */
export const GUIDE_VERSION = { number: 1, on: '2026-11-30' } as const;

/** 信息公开指南: every element that a guide has to have (政府信息公开条例 12). */
export const GUIDE: readonly Section[] = [
  {
    ...{ id: 'scope', title: '一、公开范围' },
    paragraphs: [
      '本机关主动公开交易公告、结果、合同、履约、违法违规记录等公共资源交易信息，以及机构职能、政策文件、办事指南、年度报告等政府信息。',
      '国家秘密、法律和行政法规禁止公开的信息，公开后危及国家安全、公共安全、经济安全和社会稳定的信息，以及会损害商业秘密、个人隐私的信息不予公开。',
    ],
  },
  {
    ...{ id: 'classes', title: '二、信息分类和编排体系' },
    paragraphs: [
      '交易信息按七个类别（工程建设、政府采购、土地使用权、矿业权、产权、医疗器械、综合交易）、环节和县（市、区）编排，同一项目的各次公告归在一个项目页。',
      '其他信息按主动公开基本目录编排，目录逐项写明内容、依据、时限、主体和渠道。',
    ],
  },
  {
    ...{ id: 'ways', title: '三、公开方式' },
    paragraphs: [
      `以本网站为第一公开平台；按目录同时在${CHANNELS.PN}、${CHANNELS.BP}、${CHANNELS.LM}等渠道公开。网页、数据下载、订阅和接口的内容相同。`,
    ],
  },
  {
    ...{ id: 'time', title: '四、公开时限' },
    paragraphs: ['信息形成或者变更之日起 20 个工作日内公开；法律、法规另有规定的，从其规定。各项的时限见目录。'],
  },
  {
    ...{ id: 'office', title: '五、依申请公开的受理机构' },
    paragraphs: [
      '受理机构为本机关信息公开办公室。联系电话、电子邮箱和通信地址见“联系我们”。工作日 8:30 至 12:00、13:30 至 17:00 受理当面申请。',
    ],
  },
  {
    ...{ id: 'how', title: '六、申请方式' },
    paragraphs: [
      '公民、法人和其他组织可以申请公开本机关制作或者保存的政府信息。申请写明姓名或者名称、身份证明、联系方式，所需信息的名称、文号或者便于查询的特征，以及所需的形式。',
      '咨询、投诉、举报另有入口，不作为政府信息公开申请处理；在线提交时先选择要办的事。',
    ],
  },
  {
    ...{ id: 'receiving', title: '七、申请接收渠道' },
    paragraphs: [
      '可以在线提交，也可以当面、邮寄、传真提交。当面提交以提交之日、挂号邮寄以签收之日、网络和传真以双方确认之日为收到之日。',
    ],
  },
  {
    ...{ id: 'processing', title: '八、申请处理' },
    paragraphs: [
      '内容不明确的，7 个工作日内一次告知补正。能够当场答复的当场答复；不能当场答复的，自收到之日起 20 个工作日内答复，需要延长的最多延长 20 个工作日并告知。',
      '征求第三方和其他机关意见的时间不计入。不收取费用；申请数量、频次明显超过合理范围的，可以收取信息处理费。',
    ],
  },
  {
    ...{ id: 'remedies', title: '九、监督和救济' },
    paragraphs: [
      '认为本机关没有依法履行公开义务的，可以向主管部门投诉、举报，也可以依法申请行政复议或者提起行政诉讼。',
    ],
  },
];

/** 制度: the rules by which disclosure is done here, each in short. */
export const DISCLOSURE_RULES: readonly Section[] = [
  {
    id: 'active',
    title: '主动公开制度',
    paragraphs: ['按目录逐项公开，每项明确责任部门和时限；每日自查，到期没有公开的列入待办并通报。'],
  },
  {
    id: 'onRequest',
    title: '依申请公开制度',
    paragraphs: ['统一登记、统一编号、统一文书，按法定期限答复；反复申请的内容评估后转为主动公开，决定和日期公开。'],
  },
  {
    id: 'secrecy',
    title: '保密审查制度',
    paragraphs: [
      '先审查、后公开，一事一审。起草人认定公开属性并写明理由，初审和复审由不同的人作出，审查意见全部留存。',
    ],
  },
  {
    id: 'interpretation',
    title: '政策解读制度',
    paragraphs: ['政策文件与解读方案、解读材料同步组织、同步审签、同步发布，文件与解读互相链接。'],
  },
  {
    id: 'response',
    title: '舆情回应制度',
    paragraphs: ['对涉及公共资源交易的关切及时核实，回应写明关切的来源和日期、回应的部门和日期。'],
  },
  {
    id: 'clarification',
    title: '虚假或者不完整信息澄清制度',
    paragraphs: [
      '发现影响或者可能影响社会稳定、扰乱交易秩序的虚假或者不完整信息，发布准确信息予以澄清，澄清与被澄清的页面互相链接。',
    ],
  },
  {
    id: 'supervision',
    title: '监督检查与责任追究制度',
    paragraphs: ['按月通报各县（市、区）公开情况；对不按规定公开的责令改正，情节严重的依法追究责任。'],
  },
  { id: 'rating', title: '社会评议制度', paragraphs: ['公众可以对信息公开的全面性、真实性和有效性评价，结果公开。'] },
];

/** 机构职能: who does what of disclosure. */
export const ORGANIZATION_DUTIES: readonly { office: string; duties: string }[] = [
  { office: '信息公开办公室', duties: '编制指南、目录和年度报告，受理和答复申请，组织自查和培训' },
  { office: '信息编辑岗', duties: '起草并发布由本机关制作的信息，认定公开属性' },
  { office: '保密审查初审岗', duties: '发布前初审：内容、个人信息和涉密用语' },
  { office: '保密审查复审岗', duties: '发布前复审，决定发布时间；年度报告审核发布' },
  { office: '交易监督岗', duties: '曝光台和黑名单信息，投诉举报的转办和督办' },
  { office: '县（市、区）交易机构', duties: '本地交易信息的及时、完整报送和公开' },
];
