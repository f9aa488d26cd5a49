/** A part of the rules: a heading and its paragraphs. */
export interface Section {
  id: string;
  title: string;
  paragraphs: readonly string[];
}

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
