import type { Limit } from './clock.ts';

/** A field of a public form. Everything that is filled in is sealed; nothing of it is public as it stands. */
export interface FormField {
  name: string;
  label: string;
  input: 'text' | 'textarea' | 'select' | 'email' | 'tel';
  required: boolean;
  /** Characters at most. */
  most: number;
  help?: string;
  choices?: readonly { value: string; label: string }[];
  autocomplete?: string;
}

/** In which form information is wanted, and how it is to come (政府信息公开条例 29). */
export const INFORMATION_FORMS = { electronic: '电子文件', paper: '纸质复制件', inspection: '当场查阅' } as const;
export const INFORMATION_WAYS = {
  online: '凭查询码在本平台取得',
  email: '电子邮件',
  post: '邮寄',
  collect: '自行领取或者当场查阅',
} as const;

/** Who of the staff handles a kind: the right that it takes. */
export type CaseDesk = 'case.general' | 'case.supervision' | 'case.disclosure';

interface KindDefinition {
  label: string;
  desk: CaseDesk;
  /** What it is for, in the words of somebody who has it before them. */
  purpose: string;
  /** Who reads it. */
  readBy: string;
  limit: Limit;
  /** What the answer is due by, with its source; our own promise where no law says it. */
  rule: string;
  /** Before that, whether it is taken on has to be told. */
  acceptance?: { limit: Limit; rule: string };
  /** Days, in the unit of the limit, that it may be extended by at most. */
  extension: number;
  /** What becomes public. */
  published: string;
  /** Years after its end for which what was sent is kept; then it is destroyed, and only what figures count stays. */
  keptYears: number;
  /** Nobody is asked who they are; nothing finer than a day and no mail. */
  isAnonymous: boolean;
  /** What was sent may be shown, screened, with its answer. */
  isAnswerPublic: boolean;
  fields: readonly FormField[];
}

const PROMISE = '本平台办理承诺';
const SCREENED =
  '问题和答复去掉个人信息、经另一名工作人员审核后，可能公布在问答库和相关公告页；您填写的联系方式不公开。';
const NOT_PUBLISHED = '您提交的内容不公开；只公布各类事项的件数和办理时间。';

const subject: FormField = { name: 'subject', label: '标题', input: 'text', required: true, most: 60 };
const text = (label: string, help?: string): FormField => ({
  ...{ name: 'text', label, input: 'textarea', required: true, most: 3_000 },
  ...(help === undefined ? {} : { help }),
});
const contact: FormField = {
  ...{ name: 'contact', label: '联系电话（可不填）', input: 'tel', required: false, most: 40, autocomplete: 'tel' },
  help: '只有办理人员能看到；不填也可以凭查询码看办理情况。',
};
const applicant: FormField = {
  ...{ name: 'applicant', label: '单位或姓名', input: 'text', required: true, most: 60, autocomplete: 'name' },
};
/** Tells the person that there is something new, never what. */
const mail: FormField = {
  ...{ name: 'mail', label: '电子邮箱（可不填）', input: 'email', required: false, most: 120, autocomplete: 'email' },
  help: '有新进展时发一封提醒，信里不写内容；地址加密保存，只用来发提醒。',
};
const needed: FormField = { ...contact, label: '联系电话', required: true, help: '只有办理人员能看到。' };
const project: FormField = {
  ...{ name: 'project', label: '项目名称或编号', input: 'text', required: true, most: 120 },
};

/** What people can turn to us with: everything that pages, rules, clocks and figures know of a kind stands here. */
export const SUBMISSION_KINDS = {
  consultation: {
    label: '咨询',
    desk: 'case.general',
    purpose: '问一个问题：怎么参加交易、公告里的某句话是什么意思、该找谁办。',
    readBy: '交易中心咨询岗位；涉及县区的，由该县（市、区）经办人员办理。',
    limit: { count: 5, unit: 'wd' },
    rule: `5 个工作日内答复（${PROMISE}）`,
    extension: 5,
    published: SCREENED,
    keptYears: 2,
    isAnonymous: false,
    isAnswerPublic: true,
    fields: [subject, text('您的问题'), contact, mail],
  },
  suggestion: {
    label: '意见建议',
    desk: 'case.general',
    purpose: '对交易规则、服务或者本平台提出意见和建议。',
    readBy: '交易中心综合岗位。',
    limit: { count: 10, unit: 'wd' },
    rule: `10 个工作日内答复（${PROMISE}）`,
    extension: 10,
    published: SCREENED,
    keptYears: 2,
    isAnonymous: false,
    isAnswerPublic: true,
    fields: [subject, text('您的意见或建议'), contact, mail],
  },
  tipOff: {
    label: '网上举报',
    desk: 'case.supervision',
    purpose: '举报围标串标、弄虚作假、收受好处等违法违规行为，可以匿名。',
    readBy: '只有监督岗位能打开；内容在服务器上加密保存，网站本身也读不出来。',
    limit: { count: 15, unit: 'wd' },
    rule: `15 个工作日内告知受理、转办或者不予受理（${PROMISE}）`,
    extension: 15,
    published: '内容永不公开；只公布件数和办理时间。',
    keptYears: 5,
    isAnonymous: true,
    isAnswerPublic: false,
    fields: [
      text('您要举报的情况', '写清楚什么项目、什么人、什么时间、怎么做的；不需要写您自己是谁。'),
      { ...project, label: '涉及的项目（可不填）', required: false },
    ],
  },
  disclosureRequest: {
    label: '依申请公开',
    desk: 'case.disclosure',
    purpose: '申请获取没有主动公开的政府信息（文件、记录）。',
    readBy: '信息公开工作人员。身份证明只用于核对申请人，加密保存。',
    limit: { count: 20, unit: 'wd' },
    rule: '20 个工作日内答复（《政府信息公开条例》第三十三条）；需要补正、征求第三方或其他机关意见的时间不计',
    extension: 20,
    published: '申请人信息不公开；申请的主题和处理结果按类别统计公布。',
    keptYears: 10,
    isAnonymous: false,
    isAnswerPublic: false,
    fields: [
      {
        ...{ name: 'applicantType', label: '申请人类别', input: 'select', required: true, most: 20 },
        choices: [
          { value: 'person', label: '公民' },
          { value: 'business', label: '商业企业' },
          { value: 'research', label: '科研机构' },
          { value: 'socialOrganization', label: '社会公益组织' },
          { value: 'legalService', label: '法律服务机构' },
          { value: 'other', label: '其他法人或组织' },
        ],
      },
      { ...applicant, label: '姓名或单位名称' },
      {
        ...{ name: 'identity', label: '身份证件号码或统一社会信用代码', input: 'text', required: true, most: 40 },
        help: '条例要求申请包括身份证明；加密保存，只用于核对。也可以在下面附上证件图片。',
      },
      {
        ...{
          name: 'representative',
          label: '法定代表人或者联系人（单位填写）',
          input: 'text',
          required: false,
          most: 60,
        },
      },
      { ...needed, label: '联系方式', input: 'text', help: '电话、通信地址，用来送达答复。' },
      mail,
      {
        ...{ name: 'title', label: '文件名称或者文号（知道的话）', input: 'text', required: false, most: 120 },
      },
      text('需要的政府信息', '写明名称、文号或者便于查找的特征。'),
      {
        ...{ name: 'form', label: '希望获取的形式', input: 'select', required: true, most: 20 },
        choices: Object.entries(INFORMATION_FORMS).map(([value, label]) => ({ value, label })),
      },
      {
        ...{ name: 'way', label: '希望获取的途径', input: 'select', required: true, most: 20 },
        choices: Object.entries(INFORMATION_WAYS).map(([value, label]) => ({ value, label })),
      },
    ],
  },
  objection: {
    label: '异议（工程招标投标）',
    desk: 'case.supervision',
    purpose: '投标人或其他利害关系人对招标文件、开标、中标候选人公示提出异议。',
    readBy: '交易中心收到后转招标人答复，行业监督部门可见。',
    limit: { count: 3, unit: 'cd' },
    rule: '收到之日起 3 日内答复（《招标投标法实施条例》第二十二条、第五十四条）',
    extension: 0,
    published: NOT_PUBLISHED,
    keptYears: 15,
    isAnonymous: false,
    isAnswerPublic: false,
    fields: [applicant, project, text('异议事项和依据'), needed, mail],
  },
  challenge: {
    label: '质疑（政府采购）',
    desk: 'case.supervision',
    purpose: '供应商认为采购文件、采购过程、中标成交结果使自己的权益受到损害。',
    readBy: '交易中心收到后转采购人或采购代理机构答复，财政部门可见。',
    limit: { count: 7, unit: 'wd' },
    rule: '收到后 7 个工作日内答复（《政府采购法》第五十三条）',
    extension: 0,
    published: NOT_PUBLISHED,
    keptYears: 15,
    isAnonymous: false,
    isAnswerPublic: false,
    fields: [applicant, project, text('质疑事项和依据'), needed, mail],
  },
  complaint: {
    label: '投诉',
    desk: 'case.supervision',
    purpose: '对异议、质疑的答复不满意，或者认为招标投标活动不合法，向监督部门投诉。',
    readBy: '监督岗位，并转有权处理的行政监督部门。',
    limit: { count: 30, unit: 'wd' },
    rule: '受理后 30 个工作日内作出处理决定（《招标投标法实施条例》第六十一条、《政府采购法》第五十六条）',
    acceptance: {
      limit: { count: 3, unit: 'wd' },
      rule: '3 个工作日内决定是否受理（《招标投标法实施条例》第六十一条）',
    },
    extension: 0,
    published: '内容不公开；处理决定由作出决定的部门依法公布。',
    keptYears: 15,
    isAnonymous: false,
    isAnswerPublic: false,
    fields: [
      applicant,
      project,
      text('投诉事项、请求和依据', '对答复不满意的，写明何时提出异议或质疑、何时得到什么答复。'),
      needed,
      mail,
    ],
  },
  creditRepair: {
    label: '信用修复申请',
    desk: 'case.supervision',
    purpose: '已经改正、达到最短公示期，申请停止公示曝光台或黑名单上的信息。',
    readBy: '监督岗位；由作出认定的单位决定。',
    limit: { count: 10, unit: 'wd' },
    rule: `10 个工作日内告知处理结果（${PROMISE}）`,
    extension: 10,
    published: NOT_PUBLISHED,
    keptYears: 5,
    isAnonymous: false,
    isAnswerPublic: false,
    fields: [
      applicant,
      { ...project, name: 'decision', label: '决定书文号或公示页地址' },
      text('已经履行的义务和改正的情况'),
      needed,
      mail,
    ],
  },
  creditObjection: {
    label: '信用信息异议',
    desk: 'case.supervision',
    purpose: '认为公示的信用信息有错误、不是自己的，或者已经过期。',
    readBy: '监督岗位；需要时请信息提供单位核实。',
    limit: { count: 3, unit: 'wd' },
    rule: '3 个工作日内处理，需要其他单位协助的 7 个工作日（《山东省社会信用条例》第三十九条）',
    extension: 4,
    published: NOT_PUBLISHED,
    keptYears: 5,
    isAnonymous: false,
    isAnswerPublic: false,
    fields: [
      applicant,
      { ...project, name: 'decision', label: '决定书文号或公示页地址' },
      text('哪里不对，为什么'),
      needed,
      mail,
    ],
  },
  correction: {
    label: '页面纠错',
    desk: 'case.general',
    purpose: '本平台某个页面的内容、数字或链接有错。',
    readBy: '本平台编辑岗位。',
    limit: { count: 3, unit: 'wd' },
    rule: `3 个工作日内核实（${PROMISE}）`,
    extension: 5,
    published: '核实后更正页面；您提交的原话不公开。',
    keptYears: 1,
    isAnonymous: false,
    isAnswerPublic: false,
    fields: [
      { name: 'page', label: '页面地址', input: 'text', required: true, most: 300 },
      text('哪里有错，正确的应当是什么'),
      contact,
      mail,
    ],
  },
} as const satisfies Record<string, KindDefinition>;

export type SubmissionKind = keyof typeof SUBMISSION_KINDS;
export const SUBMISSION_KIND_KEYS = Object.keys(SUBMISSION_KINDS) as [SubmissionKind, ...SubmissionKind[]];

/** What is known of a kind, with its widened type. */
export const submissionKind = (kind: SubmissionKind): KindDefinition => SUBMISSION_KINDS[kind];

/**
 * As what it was filed: what the form promised of publication and keeping holds wherever it is handled since. Only what was filed as a
 * request for information has an applicant's type.
 */
export const filedKind = ({
  kind,
  applicantType,
}: {
  kind: SubmissionKind;
  applicantType: string | null;
}): KindDefinition => submissionKind(applicantType === null ? kind : 'disclosureRequest');

/** The kind as it stands in addresses: `tip-off`. */
export const toKindSlug = (kind: SubmissionKind): string =>
  kind.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The kind of an address; undefined for none. */
export const fromKindSlug = (slug: string): SubmissionKind | undefined =>
  SUBMISSION_KIND_KEYS.find((kind) => toKindSlug(kind) === slug);
