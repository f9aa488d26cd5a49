/** Fields of a record as the feeds name them. */
export const RECORD_FIELDS = [
  'partyName',
  'partyKind',
  'uscc',
  'subjectType',
  'decisionNo',
  'violation',
  'facts',
  'legalBasis',
  'penaltyType',
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
 * Names of each field: the 双公示 standard's codes and Chinese names (domain reference §3.4), the columns of the procurement
 * debarment list (§3.5), the national exchange's (DS2 BLACK_LIST), and what county sites write. Numbers of identity cards have no
 * field: they are never read.
 */
const NAMES: Record<RecordField, readonly string[]> = {
  partyName: [
    'cf_xdr_mc',
    '行政相对人名称',
    '企业名称',
    '主体名称',
    'BODY_NAME',
    '当事人',
    '被处罚单位',
    '被处罚人',
    '单位名称',
    '处罚对象',
  ],
  partyKind: ['cf_xdr_lb', '行政相对人类别', 'BODY_TYPE', '主体类别'],
  uscc: [
    'cf_xdr_shxym',
    '行政相对人代码_1',
    '行政相对人代码_1（统一社会信用代码）',
    '统一社会信用代码',
    '统一社会信用代码（或组织机构代码）',
    'BODY_CODE',
    '主体代码',
  ],
  subjectType: ['主体类型', '主体角色', 'BODY_ROLE'],
  decisionNo: ['cf_wsh', '行政处罚决定书文号', '决定书文号', '处罚决定书文号', '文号', 'DOCUMENT_CODE', '处理文件文号'],
  violation: [
    'cf_wfxw',
    '违法行为类型',
    '违法行为',
    '严重违法失信行为的具体情形',
    '不良行为',
    'RECORD_REASON',
    '处罚原因',
  ],
  facts: ['cf_sy', '违法事实', '主要违法事实'],
  legalBasis: ['cf_yj', '处罚依据', '认定依据'],
  penaltyType: ['cf_cflb', '处罚类别', '处罚种类'],
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

/** The form in which labels are compared. */
export function labelKey(label: string): string {
  return label
    .normalize('NFKC')
    .replace(/[\s\p{Cf}:*]/gu, '')
    .toLowerCase();
}

const FIELD_OF = new Map(
  RECORD_FIELDS.flatMap((field) => NAMES[field].map((name): [string, RecordField] => [labelKey(name), field])),
);

/** The field that a label names; undefined for labels that are none of ours. */
export function fieldOf(label: string): RecordField | undefined {
  return FIELD_OF.get(labelKey(label));
}

/** The name by which people are told of a field. */
export function fieldName(field: RecordField): string {
  return NAMES[field].find((name) => /\p{Script=Han}/u.test(name)) ?? field;
}
