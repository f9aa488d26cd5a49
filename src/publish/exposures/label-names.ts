/** Fields of a record as the feeds name them. */
export const RECORD_FIELDS = [
  'partyName',
  'partyKind',
  'uscc',
  'subjectType',
  'decisionNo',
  'caseName',
  'violation',
  'facts',
  'legalBasis',
  'penaltyType',
  'typeAndBasis',
  'penaltyContent',
  'fine',
  'confiscated',
  'decisionDate',
  'validUntil',
  'deadline',
  'misconductEnd',
  'grade',
  'minorReason',
  'authority',
  'projectCode',
  'list',
  'revoked',
  'revokedOn',
  'repairedOn',
  'objectedOn',
  'objectionSettledOn',
] as const;

export type RecordField = (typeof RECORD_FIELDS)[number];

/**
 * Names of each field, one line each: the codes and Chinese names of 双公示 (国办发〔2018〕118号), the columns of the procurement
 * debarment list (财办库〔2014〕526号), the national exchange's (`BLACK_LIST` of 发改办法规〔2018〕1156号), and what sites write. The
 * first Chinese name is the one that people are told. Numbers of identity cards and legal representatives have no field: they are never read.
 */
export const NAMES: Record<RecordField, readonly string[]> = {
  partyName: [
    'cf_xdr_mc',
    '行政相对人名称',
    '主体名称',
    'BODY_NAME',
    '当事人',
    '被处罚单位',
    '被处罚人',
    '单位名称',
    '处罚对象',
    // Below `被处罚当事人姓名或名称` in the tables of financial regulators.
    '个人姓名',
    '名称',
  ],
  partyKind: ['cf_xdr_lb', '行政相对人类别', 'BODY_TYPE', '主体类别'],
  uscc: ['cf_xdr_shxym', '统一社会信用代码', '行政相对人代码_1', 'BODY_CODE', '主体代码'],
  subjectType: ['主体类型', '主体角色', 'BODY_ROLE'],
  decisionNo: ['cf_wsh', '行政处罚决定书文号', '文号', 'DOCUMENT_CODE', '处理文件文号'],
  caseName: ['处罚名称', '案件名称', '案名'],
  violation: [
    'cf_wfxw',
    '违法行为类型',
    '违法行为',
    '不良行为',
    '严重违法失信行为的具体情形',
    'RECORD_REASON',
    '处罚原因',
  ],
  facts: ['cf_sy', '违法事实', '主要违法事实'],
  legalBasis: ['cf_yj', '处罚依据', '认定依据'],
  penaltyType: ['cf_cflb', '处罚类别', '处罚种类'],
  typeAndBasis: ['行政处罚种类、依据', '处罚种类和依据'],
  penaltyContent: ['cf_nr', '处罚内容', '处罚结果', '处理结果', 'CONFINED_ACTION', '限制行为'],
  fine: ['cf_nr_fk', '罚款金额（万元）', '罚款金额'],
  confiscated: ['cf_nr_wfff', '没收违法所得、没收非法财物的金额（万元）', '没收金额（万元）'],
  decisionDate: ['cf_jdrq', '处罚决定日期', '决定日期', '处罚日期', '列入日期', 'RECORD_DATE'],
  validUntil: ['cf_yxq', '处罚有效期', '禁止期限至', '处罚截止日期'],
  deadline: ['cf_gsjzq', '公示截止期', '公示截止日期', '公布截止日期'],
  misconductEnd: ['失信行为终止日期', '违法行为终止日期'],
  grade: ['失信程度', '失信等级', '严重程度'],
  minorReason: ['轻微公示理由'],
  authority: ['cf_cfjg', '处罚机关', '决定机关', '执法单位', 'GOVERNMENT', '处罚部门', '认定机关'],
  projectCode: ['项目编号', '涉及项目编号'],
  list: ['名单名称'],
  revoked: ['是否撤销', 'REVOCATION_STATUS'],
  revokedOn: ['撤销日期', '撤销时间'],
  repairedOn: ['信用修复日期', '修复日期', '终止公示日期'],
  objectedOn: ['异议受理日期'],
  objectionSettledOn: ['异议办结日期'],
};

/** What is done: words by which labels speak of the decision. */
const ACT = '(?:处罚|处理|处分|惩戒|认定|记录|列入|通报)';

/**
 * How labels are built that stand in no list, one line each, the first that fits counts. Labels are held against them without
 * blanks, brackets and marks; `undefined` is for what looks like one of ours and is not.
 */
export const PATTERNS: readonly [field: RecordField | undefined, words: RegExp][] = [
  [
    undefined,
    /法定代表|负责人|身份证(?!号码?$)|证件|联系|电话|地址|住所|邮编|经营者|信息来源|数据来源|更新|录入|工商|登记号|税务|注册号/,
  ],
  [undefined, /^(?:公示|公告|发布|公开|送达|立案|履行|缴款|执行)(?:日期|时间|期限|开始)/],
  ['uscc', /信用代码|组织机构代码或身份证号/],
  ['deadline', /(?:公示|公布|公开).*(?:截止|结束|届满|到期)/],
  ['validUntil', new RegExp(`(?:${ACT}|禁止|限制|措施|禁入).*(?:截止|结束|届满|到期|有效期|期限至|终止)`)],
  [
    'decisionNo',
    /(?:决定书?|处罚|处理|文书|文件|法律文书).{0,3}(?:文号|编号|字号|书号)$|决定书号$|^认定文号$|^发文(?:字)?号$|^(?:文书|案)号$/,
  ],
  [
    'decisionDate',
    new RegExp(
      `^(?:作出)?(?:行政)?(?:${ACT}|决定|生效|作出)+(?:书)?(?:的)?(?:签发|作出|下达|制作)?(?:日期|时间)$|^发文(?:日期|时间)$`,
    ),
  ],
  ['partyKind', /(?:当事人|相对人|主体)(?:类别|性质)$/],
  ['partyName', /^(?:被|受)(?:行政)?(?:处罚|处理|记录|通报|惩戒)(?!.*(?:日期|时间|内容|结果|原因|事由))/],
  ['partyName', /^(?:违法|失信|违规|责任|不良行为|投标)(?:当事人|主体|企业|单位|供应商|投标人)(?:名称|姓名)?$/],
  [
    'partyName',
    /^(?:当事人|相对人|行政相对人|主体|企业|供应商|投标人|中标人|代理机构|机构|公司|单位|法人|招标人|采购人)(?:或|及|和|、|以及)?.{0,14}(?:名称|姓名|全称)(?:或(?:姓名|名称))?$/,
  ],
  ['partyName', /^(?:供应商|投标人|中标人|代理机构|采购代理机构|招标代理机构|企业|相对人|行政相对人)$/],
  ['authority', new RegExp(`(?:${ACT}|决定|执法|作出).*(?:机关|机构|单位|部门|主体)(?:名称|全称)?$`)],
  ['authority', /^(?:执法|监管|主管|行政|发文|实施)(?:机关|机构|单位|部门)(?:名称)?$/],
  ['typeAndBasis', new RegExp(`${ACT}.*(?:种类|类别|类型).*依据$`)],
  ['facts', /事实[、和及]{0,1}(?:主要)?依据$/],
  ['legalBasis', /依据$|(?:法律|法规|违反)(?:条款|条文|规定)$/],
  ['fine', /罚款.*(?:金额|数额|额)$|^罚款$|^(?:行政)?处罚金额$/],
  ['confiscated', /没收.*(?:金额|数额)$/],
  ['penaltyType', new RegExp(`${ACT}(?:的)?(?:种类|类别|类型|方式)\\d?$`)],
  ['penaltyContent', new RegExp(`${ACT}(?:决定|的)?(?:内容|结果|措施|意见|情况|决定)$`)],
  ['caseName', new RegExp(`^(?:行政)?(?:${ACT}|案件|决定书?)(?:事项)?(?:名称|标题)$`)],
  [
    'violation',
    /(?:违法|违规|失信|不良|违法违规)(?:失信)?行为(?:类型|类别|种类|名称|内容|情形|描述|的具体情形|具体情形|表现)?$/,
  ],
  [
    'facts',
    /(?:违法|违规|失信|主要|不良行为|案件|处罚).*(?:事实|事由|案由|情形|情况|情节|原因|概况|摘要)|^(?:案由|事由|事实|案情)/,
  ],
  ['projectCode', /^(?:涉及|所涉|相关)?(?:采购|招标)?项目编号$/],
];
