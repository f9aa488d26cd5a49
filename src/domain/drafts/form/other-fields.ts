interface OtherField {
  label: string;
  /** Whose it is: its name in the words of the category stands before the label. */
  of?: 'buyer' | 'agency';
  kind: 'text' | 'long' | 'choice' | 'rows' | 'day';
  help: string;
  options?: readonly string[];
}

/** What rules demand of a notice beyond the facts that are read out of feeds: words for people, shown in the text of the notice. */
export const OTHER_FIELDS = {
  overview: { label: '项目概况', kind: 'long', help: '项目的内容、规模和现状，用几句话写清。' },
  scope: { label: '招标范围', kind: 'long', help: '这次招标包括哪些工作，分几个标段，各是什么。' },
  requirement: {
    label: '采购需求',
    kind: 'long',
    help: '标的名称、数量、主要功能或目标、应达到的要求；详细内容可写在采购文件里。',
  },
  fundingSource: { label: '资金来源', kind: 'text', help: '例如：财政资金 100%；自筹资金。' },
  eligibility: { label: '资格要求', kind: 'long', help: '一项一行。不得用不合理的条件限制、排斥潜在投标人或供应商。' },
  policyEligibility: {
    label: '落实政府采购政策需满足的资格要求',
    kind: 'long',
    help: '例如：本项目专门面向中小企业采购；没有的写“无”。',
  },
  consortium: {
    label: '是否接受联合体',
    kind: 'choice',
    help: '接受联合体的，在资格要求里写明对联合体的条件。',
    options: ['接受', '不接受'],
  },
  documentMethod: { label: '文件获取方式', kind: 'long', help: '在哪个平台、凭什么获取；收费的写明售价。' },
  documentPlace: { label: '文件获取地点', kind: 'text', help: '网上获取的写平台名称和网址。' },
  documentPrice: { label: '文件售价', kind: 'text', help: '免费的写“0 元”。' },
  submissionMethod: { label: '递交方式', kind: 'long', help: '电子投标写平台和上传要求；现场递交写地点。' },
  submissionUrl: {
    label: '电子交易平台网址',
    kind: 'text',
    help: '采用电子招标投标的必须写明，以 http:// 或 https:// 开头。',
  },
  buyerAddress: { label: '地址', of: 'buyer', kind: 'text', help: '写到门牌号。' },
  buyerContact: { label: '联系人', of: 'buyer', kind: 'text', help: '负责答复的人。' },
  buyerPhone: { label: '联系方式', of: 'buyer', kind: 'text', help: '填办公电话；个人手机号发布时会被遮盖。' },
  agencyAddress: { label: '地址', of: 'agency', kind: 'text', help: '写到门牌号。' },
  agencyContact: { label: '联系人', of: 'agency', kind: 'text', help: '负责答复的人。' },
  agencyPhone: { label: '联系方式', of: 'agency', kind: 'text', help: '填办公电话；个人手机号发布时会被遮盖。' },
  projectContact: { label: '项目联系方式', kind: 'text', help: '项目联系人和办公电话。' },
  otherMatters: { label: '其他补充事宜', kind: 'long', help: '法律、法规规定的其他内容；没有的可以不填。' },
  evaluation: { label: '评标情况', kind: 'long', help: '评标办法、各候选人的评审结果；否决的投标及原因。' },
  qualificationResponse: {
    label: '响应资格条件的情况',
    kind: 'long',
    help: '各候选人响应招标文件要求的资格能力条件，逐个写明。',
  },
  objectionChannel: { label: '提出异议的渠道和方式', kind: 'long', help: '受理单位、联系电话、地址和平台网址。' },
  promisedMatters: {
    label: '招标文件规定公示的其他内容',
    kind: 'long',
    help: '招标文件里承诺公示的内容；没有的可以不填。',
  },
  experts: { label: '评审专家名单', kind: 'long', help: '全体评审专家（含采购人代表）姓名；单一来源采购人员名单。' },
  agencyFee: { label: '代理服务收费标准及金额', kind: 'text', help: '收费标准和实际收费金额。' },
  supplierAddress: { label: '供应商地址', kind: 'text', help: '中标、成交供应商的注册地址。' },
  items: {
    label: '主要标的信息',
    kind: 'rows',
    help: '货物写品牌、型号、数量、单价；工程写范围、工期、项目经理；服务写范围、要求、时间、标准。',
  },
  itemName: { label: '名称', kind: 'text', help: '' },
  itemSpec: { label: '品牌、规格型号或服务要求', kind: 'text', help: '' },
  itemQuantity: { label: '数量', kind: 'text', help: '' },
  itemPrice: { label: '单价', kind: 'text', help: '' },
  projectLeader: { label: '项目负责人', kind: 'text', help: '' },
  leaderCertificate: { label: '证书名称和编号', kind: 'text', help: '' },
  intentions: { label: '采购意向', kind: 'rows', help: '一个采购项目一行。' },
  plannedMonth: { label: '预计采购时间', kind: 'text', help: '填到月，例如 2026 年 9 月。' },
  intentionName: { label: '采购项目名称', kind: 'text', help: '' },
  intentionNeed: { label: '采购需求概况', kind: 'text', help: '' },
  intentionBudget: { label: '预算金额（万元）', kind: 'text', help: '' },
  intentionMonth: { label: '预计采购时间', kind: 'text', help: '' },
  intentionRemark: { label: '备注', kind: 'text', help: '' },
  singleSourceReason: {
    label: '采用单一来源采购方式的原因及说明',
    kind: 'long',
    help: '只能从唯一供应商处采购的理由，与论证意见一致。',
  },
  intendedSupplier: { label: '拟定供应商名称', kind: 'text', help: '营业执照上的全称。' },
  intendedAddress: { label: '拟定供应商地址', kind: 'text', help: '写到门牌号。' },
  expertOpinions: {
    label: '专业人员论证意见',
    kind: 'long',
    help: '每位专业人员的姓名、工作单位、职称和论证意见，一人一段。',
  },
  financeContact: { label: '财政部门联系方式', kind: 'text', help: '同级财政部门的联系人、地址、办公电话。' },
  correctedMatter: {
    label: '更正事项',
    kind: 'choice',
    help: '更正的是公告、文件还是结果。',
    options: ['公告', '文件', '结果'],
  },
  correctedContent: {
    label: '更正内容',
    kind: 'long',
    help: '逐项写“原……，现更正为……”。改动的时间和金额请在上面的项目里填更正后的值。',
  },
  correctedOn: { label: '更正日期', kind: 'day', help: '' },
  clarified: { label: '澄清、答疑内容', kind: 'long', help: '逐条写问题和答复，不写提问人的名称。' },
  affectsBids: {
    label: '是否影响投标文件编制',
    kind: 'choice',
    help: '可能影响的，距截止不足法定天数的必须顺延。',
    options: ['可能影响', '不影响'],
  },
  prequalified: { label: '资格预审结果', kind: 'long', help: '开标前不得透露通过资格预审的投标人名称、数量。' },
  openingNotes: { label: '开标情况', kind: 'long', help: '唱标、异议及处理；没有异议的写“无”。' },
  suspendedUntil: { label: '恢复的条件或时间', kind: 'text', help: '什么情况下恢复，预计何时。' },
  resumption: { label: '恢复说明', kind: 'long', help: '中止的原因怎样消除，时间安排怎样变化。' },
  supplierContact: { label: '供应商联系方式', kind: 'text', help: '填单位办公电话。' },
  contractName: { label: '合同名称', kind: 'text', help: '' },
  contractContent: {
    label: '合同主要内容',
    kind: 'long',
    help: '主要标的、规格型号或服务要求、数量、单价、履约期限和地点、采购方式。涉及国家秘密、商业秘密的除外。',
  },
  performed: { label: '履约情况', kind: 'long', help: '进度、变更、结算；变更的写明原因和金额。' },
  acceptanceOn: { label: '验收日期', kind: 'day', help: '' },
  acceptanceGroup: {
    label: '验收组成员',
    kind: 'long',
    help: '全体成员；公共服务项目应当邀请服务对象参加，写明其人数或代表。',
  },
  acceptanceOpinion: { label: '验收意见', kind: 'long', help: '结论和存在的问题。' },
  caseNumber: { label: '编号', kind: 'text', help: '处理决定的文号。' },
  parties: { label: '相关当事人', kind: 'long', help: '投诉人、被投诉人、相关供应商等；个人的信息按规定遮盖。' },
  caseFacts: { label: '基本情况', kind: 'long', help: '投诉事项或检查发现的问题，查明的事实。' },
  caseBasis: { label: '处理依据', kind: 'long', help: '法律、法规的名称和条款。' },
  decision: { label: '处理结果', kind: 'long', help: '处理决定的内容。' },
  authority: { label: '执法机关', kind: 'text', help: '作出决定的机关全称。' },
  decidedOn: { label: '处理日期', kind: 'day', help: '' },
  supplyPlan: { label: '供应计划', kind: 'long', help: '计划期、总量、结构、布局和时序；地块明细可用表格写在正文里。' },
  parcelState: { label: '界址、空间范围和现状', kind: 'long', help: '四至、地下空间、地上附着物和土地现状。' },
  planning: { label: '规划指标要求', kind: 'long', help: '容积率、建筑密度、绿地率、限高等，与规划条件一致。' },
  bidding: {
    label: '招标、拍卖、挂牌的时间、地点和竞价方式',
    kind: 'long',
    help: '招标或拍卖的时间、地点；挂牌的起止时间；投标和竞价方式。',
  },
  winnerRule: { label: '确定中标人、竞得人的标准和方法', kind: 'long', help: '例如：价高者得；设底价的说明。' },
  investmentCode: { label: '投资项目统一代码', kind: 'text', help: '投资项目在线审批监管平台的代码。' },
  miningRight: {
    label: '矿业权基本情况',
    kind: 'long',
    help: '名称、种类（探矿权或采矿权）、范围坐标、资源储量、首次出让年限。',
  },
  miningRights: { label: '权利和义务', kind: 'long', help: '受让人的权利义务，包括矿区生态修复。' },
  registration: { label: '登记信息', kind: 'long', help: '矿业权人、许可证号、范围和有效期。' },
  objectState: { label: '标的基本情况', kind: 'long', help: '标的企业或资产的名称、性质、范围、瑕疵和权利限制。' },
  shareholders: { label: '股东结构', kind: 'long', help: '标的企业的股东和持股比例；资产转让写“不适用”。' },
  approvals: { label: '决策及批准情况', kind: 'long', help: '内部决策文件、批准单位和文号。' },
  auditFigures: {
    label: '审计的主要财务指标',
    kind: 'long',
    help: '资产、负债、所有者权益、营业收入、净利润；资产转让写“不适用”。',
  },
  buyerConditions: { label: '受让方资格条件', kind: 'long', help: '没有的写“无”。不得有明确指向性或者违反公平竞争。' },
  dealTerms: { label: '交易条件', kind: 'long', help: '价款支付方式和期限、保证金的处置、交接安排。' },
  preemption: {
    label: '管理层参与和优先购买权',
    kind: 'choice',
    help: '企业管理层是否参与受让，有限责任公司原股东是否放弃优先受让权。',
    options: [
      '管理层不参与，原股东放弃优先受让权',
      '管理层不参与，原股东不放弃优先受让权',
      '管理层拟参与，原股东放弃优先受让权',
      '管理层拟参与，原股东不放弃优先受让权',
      '不适用（资产转让）',
    ],
  },
  changedTerms: { label: '变更内容', kind: 'long', help: '逐项写“原……，现变更为……”；延期的写明新的截止时间。' },
} as const satisfies Record<string, OtherField>;

export type OtherKey = keyof typeof OTHER_FIELDS;

/** One of them, with its widened type. */
export function otherField(key: OtherKey): OtherField {
  return OTHER_FIELDS[key];
}
