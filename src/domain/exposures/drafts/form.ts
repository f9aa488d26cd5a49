import { z } from 'zod';
import { GRADE_KEYS, GRADES } from '../grade.ts';
import { isWithheld } from '../life-cycle.ts';
import { maskName, maskNameIn } from '../masking.ts';
import { type PublicationPeriod, publicationPeriod } from '../period.ts';
import { looksPersonal } from '../personal-name.ts';
import {
  BLACKLIST_KEYS,
  BOARD_KEYS,
  PENALTY_TYPE_KEYS,
  RECORD_KIND_KEYS,
  SUBJECT_TYPE_KEYS,
  SUBJECT_TYPES,
} from '../registry.ts';

const LONGEST_TEXT = 5_000;
const LONGEST_LINE = 200;
const line = z.string().trim().max(LONGEST_LINE, `不能超过 ${LONGEST_LINE} 个字`).default('');
const words = z.string().trim().max(LONGEST_TEXT, `不能超过 ${LONGEST_TEXT} 个字`).default('');
const day = z.union([z.literal(''), z.iso.date('日期须写成 2026-01-31，并且是有的日子')]).default('');
const yuan = z
  .union([z.literal(''), z.string().regex(/^\d{1,10}(?:\.\d{1,2})?$/, '金额以元为单位，只写数字，最多两位小数')])
  .default('');
const address = z
  .union([z.literal(''), z.url({ protocol: /^https?$/, error: '须是 http 或 https 地址' }).max(2000)])
  .default('');

/** What staff fill in for an entry (国办发〔2018〕118号, data items of 双公示). An empty text is a field left empty. */
export const exposureFormSchema = z.object({
  board: z.enum(BOARD_KEYS, '请选择名单'),
  kind: z.enum(RECORD_KIND_KEYS, '请选择记录种类'),
  list: z.enum(['', ...BLACKLIST_KEYS], '没有这份名单').default(''),
  subjectType: z.enum(SUBJECT_TYPE_KEYS, '请选择主体类型'),
  partyName: line,
  uscc: line,
  violation: words,
  facts: words,
  decisionNo: line,
  authority: line,
  decisionDate: day,
  grade: z.enum(['', ...GRADE_KEYS], '请选择失信程度').default(''),
  minorReason: words,
  legalBasis: words,
  penaltyTypes: z.array(z.enum(PENALTY_TYPE_KEYS)).default([]),
  penaltyContent: words,
  fine: yuan,
  confiscated: yuan,
  validUntil: day,
  deadline: day,
  misconductEnd: day,
  projectCode: line,
  sourceUrl: address,
  evidence: line,
  evidenceUrl: address,
});

export type ExposureForm = z.output<typeof exposureFormSchema>;
export type ExposureField = keyof ExposureForm;

/** What each field is called, and the rule or help that stands beside it. */
export const EXPOSURE_FORM_FIELDS: Readonly<Record<ExposureField, { label: string; help?: string }>> = {
  board: { label: '名单', help: '黑名单只收依法列入全国名单的（国办发〔2020〕49 号），本站不自设名单。' },
  kind: { label: '记录种类', help: '只转载有权机关的决定；线索和嫌疑不公示。' },
  list: { label: '黑名单名称' },
  subjectType: { label: '主体类型', help: '专家和自然人的姓名保存时即遮蔽（《山东省社会信用条例》第二十条）。' },
  partyName: { label: '当事人名称' },
  uscc: { label: '统一社会信用代码', help: '自然人不填，任何证件号码都不保存。' },
  violation: { label: '违法行为', help: '按决定书的用语。' },
  facts: { label: '违法事实' },
  decisionNo: { label: '决定书文号' },
  authority: {
    label: '决定机关',
    help: '行政监督部门或其他有权机关的全称；交易中心不处罚（《招标投标法实施条例》第七十八条）。',
  },
  decisionDate: { label: '决定日期', help: '公示期自决定之日起算。' },
  grade: { label: '失信程度', help: '轻微、一般、严重决定公示期（《信用修复管理办法》）。' },
  minorReason: { label: '轻微仍须公示的理由', help: '轻微失信行为原则上不公示；没有理由不能送放行。' },
  legalBasis: { label: '处罚依据', help: '法律、法规、规章的名称和条款。' },
  penaltyTypes: { label: '处罚种类', help: '《行政处罚法》第九条。' },
  penaltyContent: { label: '处罚内容' },
  fine: { label: '罚款金额（元）' },
  confiscated: { label: '没收金额（元）' },
  validUntil: { label: '处罚有效期至', help: '禁止、限制措施到哪一天；不是公示截止期。' },
  deadline: { label: '公示截止期', help: '决定机关给出的；没有就按失信程度计算。' },
  misconductEnd: {
    label: '失信行为终止日期',
    help: '自终止之日起公示不超过 5 年（《山东省社会信用条例》第三十八条）。',
  },
  projectCode: { label: '项目编号' },
  sourceUrl: { label: '决定书在来源网站的地址' },
  evidence: { label: '依据材料', help: '决定书或来函的名称、收文号；放行人据此核对。' },
  evidenceUrl: { label: '依据材料的网址' },
};

const DEMANDED = [
  'partyName',
  'violation',
  'decisionNo',
  'authority',
  'decisionDate',
  'grade',
  'penaltyContent',
  'legalBasis',
  'evidence',
] as const satisfies readonly ExposureField[];

/** Whether the form is about a natural person: by its word, or by a name that could be one's. */
export const isAboutPerson = ({ subjectType, partyName }: ExposureForm): boolean =>
  SUBJECT_TYPES[subjectType].isPerson || (partyName !== '' && looksPersonal(partyName));

/** The form as it may be kept: of a natural person the name is masked wherever it stands, and there is no number. */
export function maskForm(form: ExposureForm): ExposureForm {
  if (!isAboutPerson(form)) return form;
  const mask = (text: string) => maskNameIn(text, form.partyName);
  return {
    ...form,
    partyName: maskName(form.partyName),
    uscc: '',
    violation: mask(form.violation),
    facts: mask(form.facts),
    minorReason: mask(form.minorReason),
    legalBasis: mask(form.legalBasis),
    penaltyContent: mask(form.penaltyContent),
    evidence: mask(form.evidence),
  };
}

/** What is missing or does not fit together, with its field. */
export function exposureFormFaults(form: ExposureForm): { name: ExposureField; message: string }[] {
  const missing = DEMANDED.filter((field) => form[field] === '').map((name) => ({
    name,
    message: `请填写${EXPOSURE_FORM_FIELDS[name].label}`,
  }));
  const faults: { name: ExposureField; message: string }[] = [...missing];
  if (form.board === 'blacklist' && form.list === '') faults.push({ name: 'list', message: '请选择依法列入的名单' });
  if (form.board === 'blacklist' && form.validUntil === '' && form.deadline === '')
    faults.push({ name: 'deadline', message: '黑名单须有公示截止期或处罚有效期' });
  if (form.penaltyTypes.length === 0) faults.push({ name: 'penaltyTypes', message: '请选择处罚种类' });
  if (form.deadline !== '' && form.deadline < form.decisionDate)
    faults.push({ name: 'deadline', message: '公示截止期早于决定日期' });
  return faults;
}

/** Whether the entry would never be public. */
export const isFormWithheld = ({ grade, minorReason, board }: ExposureForm): boolean =>
  board !== 'blacklist' && grade !== '' && isWithheld({ grade, minorReason: minorReason === '' ? null : minorReason });

/** Until when the entry would be public, and by which rule; null while grade or day is missing. */
export function formPeriod(form: ExposureForm): PublicationPeriod | null {
  const grade = form.board === 'blacklist' ? 'serious' : form.grade;
  if (grade === '' || form.decisionDate === '') return null;
  const orNull = (text: string) => (text === '' ? null : text);
  return publicationPeriod({
    grade,
    list: form.board === 'blacklist' && form.list !== '' ? form.list : null,
    decisionDate: form.decisionDate,
    sourceDeadline: orNull(form.deadline),
    validUntil: orNull(form.validUntil),
    misconductEnd: orNull(form.misconductEnd),
  });
}

/** The grade in words; '' for none. */
export const gradeLabel = (grade: ExposureForm['grade']): string => (grade === '' ? '' : GRADES[grade].label);
