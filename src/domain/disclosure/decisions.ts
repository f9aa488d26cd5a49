/**
 * The rows of table three 收到和处理政府信息公开申请情况 (form of the annual report from 2021 on), by key, with what they are called. `（七）总计`
 * and `结转` are sums, not decisions.
 */
export const TABLE_THREE_ROWS = {
  granted: '（一）予以公开',
  partialGrant: '（二）部分公开',
  'denied.stateSecret': '（三）1. 属于国家秘密',
  'denied.otherLaw': '（三）2. 其他法律行政法规禁止公开',
  'denied.security': '（三）3. 危及“三安全一稳定”',
  'denied.thirdParty': '（三）4. 保护第三方合法权益',
  'denied.internal': '（三）5. 属于三类内部事务信息',
  'denied.process': '（三）6. 属于四类过程性信息',
  'denied.caseFile': '（三）7. 属于行政执法案卷',
  'denied.registry': '（三）8. 属于行政查询事项',
  'unable.notHeld': '（四）1. 本机关不掌握相关政府信息',
  'unable.toBeMade': '（四）2. 没有现成信息需要另行制作',
  'unable.unclear': '（四）3. 补正后申请内容仍不明确',
  'notProcessed.petition': '（五）1. 信访举报投诉类申请',
  'notProcessed.repeated': '（五）2. 重复申请',
  'notProcessed.publication': '（五）3. 要求提供公开出版物',
  'notProcessed.excessive': '（五）4. 无正当理由大量反复申请',
  'notProcessed.confirmation': '（五）5. 要求行政机关确认或重新出具已获取信息',
  'other.notCorrected': '（六）1. 申请人无正当理由逾期不补正',
  'other.notPaid': '（六）2. 申请人逾期未按收费通知要求缴纳费用',
  'other.other': '（六）3. 其他',
} as const;

export type TableThreeRow = keyof typeof TABLE_THREE_ROWS;
export const TABLE_THREE_ROW_KEYS = Object.keys(TABLE_THREE_ROWS) as [TableThreeRow, ...TableThreeRow[]];

interface DecisionDefinition {
  label: string;
  /** Article of the regulation 政府信息公开条例 (2019). */
  law: string;
  row: TableThreeRow;
}

/** Every way in which a request can be decided, and the one row of table three that it counts in. */
export const DISCLOSURE_DECISIONS = {
  alreadyPublic: { label: '已经主动公开，告知获取方式', law: '第三十六条第一项', row: 'granted' },
  willBePublic: { label: '将主动公开，告知时间和途径', law: '第三十六条第一项', row: 'granted' },
  granted: { label: '予以公开', law: '第三十六条第二项', row: 'granted' },
  partlyGranted: { label: '部分公开', law: '第三十七条', row: 'partialGrant' },
  stateSecret: { label: '不予公开：国家秘密', law: '第十四条', row: 'denied.stateSecret' },
  prohibited: { label: '不予公开：法律、行政法规禁止', law: '第十四条', row: 'denied.otherLaw' },
  security: { label: '不予公开：危及国家安全、公共安全、经济安全、社会稳定', law: '第十四条', row: 'denied.security' },
  thirdParty: { label: '不予公开：第三方合法权益', law: '第十五条', row: 'denied.thirdParty' },
  internal: { label: '不予公开：内部事务信息', law: '第十六条第一款', row: 'denied.internal' },
  process: { label: '不予公开：过程性信息', law: '第十六条第二款', row: 'denied.process' },
  caseFile: { label: '不予公开：行政执法案卷信息', law: '第十六条第二款', row: 'denied.caseFile' },
  registry: { label: '不予公开：依照专门法律查询的信息', law: '第三十六条第七项', row: 'denied.registry' },
  notHeld: { label: '无法提供：本机关不掌握', law: '第三十六条第四项', row: 'unable.notHeld' },
  notOurDuty: { label: '无法提供：不属于本机关负责，告知负责的机关', law: '第三十六条第五项', row: 'unable.notHeld' },
  toBeMade: { label: '无法提供：需要加工、分析', law: '第三十八条', row: 'unable.toBeMade' },
  unclear: { label: '无法提供：补正后仍不明确', law: '第三十条', row: 'unable.unclear' },
  petition: { label: '不予处理：信访、投诉、举报', law: '第三十九条第一款', row: 'notProcessed.petition' },
  repeated: { label: '不予处理：重复申请', law: '第三十六条第六项', row: 'notProcessed.repeated' },
  publication: { label: '不予处理：公开出版物', law: '第三十九条第二款', row: 'notProcessed.publication' },
  excessive: { label: '不予处理：无正当理由大量反复申请', law: '第三十五条', row: 'notProcessed.excessive' },
  confirmation: { label: '不予处理：要求确认或重新出具', law: '第三十九条', row: 'notProcessed.confirmation' },
  notCorrected: { label: '视为放弃：逾期不补正', law: '第三十条', row: 'other.notCorrected' },
  notPaid: { label: '视为放弃：逾期不缴费', law: '第四十二条', row: 'other.notPaid' },
  question: { label: '不作为政府信息公开申请处理：属于咨询', law: '', row: 'other.other' },
  withdrawn: { label: '申请人撤回', law: '', row: 'other.other' },
} as const satisfies Record<string, DecisionDefinition>;

export type DisclosureDecision = keyof typeof DISCLOSURE_DECISIONS;
export const DISCLOSURE_DECISION_KEYS = Object.keys(DISCLOSURE_DECISIONS) as [
  DisclosureDecision,
  ...DisclosureDecision[],
];

/** Who asks, as table three has its columns. */
export const APPLICANT_TYPES = {
  person: '自然人',
  business: '商业企业',
  research: '科研机构',
  socialOrganization: '社会公益组织',
  legalService: '法律服务机构',
  other: '其他',
} as const;

export type ApplicantType = keyof typeof APPLICANT_TYPES;
export const APPLICANT_TYPE_KEYS = Object.keys(APPLICANT_TYPES) as [ApplicantType, ...ApplicantType[]];

/** A request as table three counts it; days are `YYYY-MM-DD`. */
export interface CountedRequest {
  applicant: ApplicantType;
  receivedOn: string;
  decision: DisclosureDecision | null;
  decidedOn: string | null;
}

/** A column of table three. */
export interface TableThreeColumn {
  newReceived: number;
  carriedOver: number;
  rows: Record<TableThreeRow, number>;
  totalProcessed: number;
  carriedForward: number;
}

export type TableThree = Record<ApplicantType | 'total', TableThreeColumn>;

/** Table three of a year. In each column what came in and was carried over equals what was processed and is carried forward. */
export function toTableThree(requests: readonly CountedRequest[], year: number): TableThree {
  const columns = APPLICANT_TYPE_KEYS.map((type) => [
    type,
    toColumn(
      requests.filter(({ applicant }) => applicant === type),
      String(year),
    ),
  ]);
  return { ...Object.fromEntries(columns), total: toColumn(requests, String(year)) };
}

function toColumn(requests: readonly CountedRequest[], year: string): TableThreeColumn {
  const yearOf = (day: string | null) => day?.slice(0, 4) ?? '9999';
  const present = requests.filter(
    ({ receivedOn, decidedOn }) => yearOf(receivedOn) <= year && yearOf(decidedOn) >= year,
  );
  const decided = present.filter(({ decidedOn }) => yearOf(decidedOn) === year);
  const rows = Object.fromEntries(TABLE_THREE_ROW_KEYS.map((row) => [row, 0])) as Record<TableThreeRow, number>;
  for (const { decision } of decided) if (decision) rows[DISCLOSURE_DECISIONS[decision].row]++;
  return {
    newReceived: present.filter(({ receivedOn }) => yearOf(receivedOn) === year).length,
    carriedOver: present.filter(({ receivedOn }) => yearOf(receivedOn) < year).length,
    rows,
    totalProcessed: decided.length,
    carriedForward: present.length - decided.length,
  };
}
