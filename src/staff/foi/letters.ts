import { type Block, type PrintedDocument, paragraph, type Text } from '#src/documents/model.ts';
import { DISCLOSURE_DECISIONS, type DisclosureDecision } from '#src/domain/disclosure/decisions.ts';
import { FEE_BASES, type FeeBasis } from '#src/domain/foi/fees.ts';
import { DELIVERIES, type Delivery, LETTER_KINDS, type LetterKind } from '#src/domain/foi/letter-kinds.ts';
import { formatYuan } from '#src/domain/money/money.ts';

/** What every letter on a request says. Days are `YYYY-MM-DD`. */
export interface LetterFacts {
  /** Who issues it, and the letters that its numbers begin with: `济公资公开`. */
  office: { name: string; prefix: string };
  year: number;
  serial: number;
  issuedOn: string;
  applicant: string;
  receivedOn: string;
  /** What was asked for, in the applicant's words. */
  description: string;
  /** Words of the officer: what is to be corrected, the reasons, the answer. */
  words: string;
  /** Until when what the letter asks for has to come; null when it asks for nothing, or that hangs on a plan that is to come. */
  dueOn: string | null;
}

/** A letter by its kind, with what it alone says. */
export type LetterContent =
  | { kind: 'registration'; rule: string }
  | { kind: 'correction' }
  | { kind: 'thirdParty' | 'otherBody'; addressee: string }
  | { kind: 'extension'; days: number; newDue: string }
  | { kind: 'fee'; basis: FeeBasis; count: number; fen: number }
  /** `files` are named in it; `movesTo` says as what it is handled from then on. */
  | { kind: 'decision'; decision: DisclosureDecision; files: readonly string[]; movesTo: string | null }
  | { kind: 'receipt'; of: string; method: Delivery; deliveredOn: string };

export const letterNumber = ({ office, year, serial }: Pick<LetterFacts, 'office' | 'year' | 'serial'>): string =>
  `${office.prefix}〔${year}〕${serial}号`;

/** `2026年11月30日` */
export const chineseDay = (day: string): string => {
  const [year = '', month, date] = day.split('-');
  return `${year}年${Number(month)}月${Number(date)}日`;
};

/** Writes a letter: one model, of which page, PDF and DOCX are set. */
export function writeLetter(facts: LetterFacts, content: LetterContent): PrintedDocument {
  const { office, applicant, issuedOn } = facts;
  const addressee = 'addressee' in content ? content.addressee : applicant;
  return {
    ...{ title: LETTER_KINDS[content.kind].title, issuer: office.name, number: letterNumber(facts) },
    addressee: `${addressee}：`,
    blocks: [...toParagraphs(facts, content), ...toClosing(content)],
    signature: { name: office.name, date: chineseDay(issuedOn), sealPlace: true },
  };
}

const lines = (words: string): Block[] =>
  words
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => paragraph(line));
const by = (facts: LetterFacts) => (facts.dueOn === null ? '规定的期限届满' : chineseDay(facts.dueOn));

function toParagraphs(facts: LetterFacts, content: LetterContent): Block[] {
  const received = `本机关于${chineseDay(facts.receivedOn)}收到您（单位）提出的政府信息公开申请`;
  const asked: Block[] = [paragraph(`${received}，申请公开：`), ...lines(facts.description)];
  switch (content.kind) {
    case 'registration':
      return [...asked, paragraph(`本机关已予登记。${content.rule}。`), ...lines(facts.words)];
    case 'correction':
      return [
        ...asked,
        paragraph('经审查，申请内容不明确，需要补正。请补正以下内容：'),
        ...lines(facts.words),
        paragraph(`请于${by(facts)}前补正；无正当理由逾期不补正的，视为放弃申请。答复期限自收到补正的申请之日起计算。`),
      ];
    case 'thirdParty':
    case 'otherBody':
      return [
        paragraph(`本机关于${chineseDay(facts.receivedOn)}收到一件政府信息公开申请，所涉信息与贵方有关：`),
        ...lines(facts.words),
        paragraph(`请于${by(facts)}前书面答复是否同意公开，并说明理由。${SILENCE[content.kind]}`),
      ];
    case 'extension':
      return [
        ...asked,
        paragraph([
          { text: '经本机关政府信息公开工作机构负责人同意，答复期限延长' },
          { text: `${content.days}个工作日`, strong: true },
          { text: `，延长至${chineseDay(content.newDue)}。理由：` },
        ]),
        ...lines(facts.words),
      ];
    case 'fee':
      return [...asked, ...feeParagraphs(facts, content), ...lines(facts.words)];
    case 'decision':
      return [...asked, ...decisionParagraphs(facts, content)];
    case 'receipt':
      return [
        paragraph(`送达文书：${content.of}`),
        paragraph(`送达方式：${DELIVERIES[content.method]}`),
        paragraph(`送达日期：${chineseDay(content.deliveredOn)}`),
        ...lines(facts.words),
        paragraph('受送达人签名或者盖章：　　　　　　　　　　　　年　　月　　日'),
      ];
  }
}

const SILENCE = {
  thirdParty: '逾期未提出意见的，由本机关依照《中华人民共和国政府信息公开条例》的规定决定是否公开。',
  otherBody: '逾期未提出意见的，视为同意公开。',
};

function feeParagraphs(facts: LetterFacts, { basis, count, fen }: Extract<LetterContent, { kind: 'fee' }>): Block[] {
  const measured = basis === 'items' ? `您（单位）本月的第${count}件申请` : `提供${count}页`;
  return [
    paragraph('依照《政府信息公开信息处理费管理办法》（国办函〔2020〕109号），本件申请需要缴纳信息处理费。'),
    paragraph([
      { text: `计费方式：${FEE_BASES[basis]}，${measured}；金额：` },
      { text: formatYuan(fen), strong: true },
      { text: '。' },
    ]),
    paragraph(
      `请于收到本通知次日起20个工作日内（${by(facts)}前）缴纳；逾期未缴纳的，视为放弃申请。答复期限自缴费次日起重新计算。`,
    ),
  ];
}

function decisionParagraphs(
  facts: LetterFacts,
  { decision, files, movesTo }: Extract<LetterContent, { kind: 'decision' }>,
): Block[] {
  const { label, law } = DISCLOSURE_DECISIONS[decision];
  const basis: Text = [
    { text: law === '' ? '本机关答复如下：' : `依照《中华人民共和国政府信息公开条例》${law}，本机关答复如下：` },
    { text: label, strong: true },
    { text: '。' },
  ];
  return [
    paragraph(basis),
    ...lines(facts.words),
    ...(movesTo === null ? [] : [paragraph(`您提交的内容已转为${movesTo}办理，凭原查询码查看进展和答复。`)]),
    ...files.map((name, index) => paragraph(`附件${files.length > 1 ? index + 1 : ''}：${name}`)),
    ...(decision === 'withdrawn' ? [] : [paragraph(remedyOf(decision))]),
  ];
}

/** Whoever is refused has to ask for reconsideration before going to court (行政复议法 2023, 第二十三条). */
function remedyOf(decision: DisclosureDecision): string {
  const { row }: { row: string } = DISCLOSURE_DECISIONS[decision];
  const isRefused = row.startsWith('denied.') || row === 'partialGrant';
  const first = '如对本答复不服，可以自收到之日起60日内向济宁市人民政府申请行政复议';
  return isRefused
    ? `${first}；对不予公开不服的，应当先申请行政复议，对复议决定不服的，再向人民法院提起行政诉讼。`
    : `${first}，也可以自收到之日起6个月内向人民法院提起行政诉讼。`;
}

const toClosing = ({ kind }: { kind: LetterKind }): Block[] =>
  kind === 'receipt' ? [] : [paragraph(kind === 'thirdParty' || kind === 'otherBody' ? '特此函达。' : '特此告知。')];
