import { type Grade, gradeOf, readGrade } from '#src/domain/exposures/grade.ts';
import { maskName } from '#src/domain/exposures/masking.ts';
import { type MisconductType, misconductDefinition, readMisconduct } from '#src/domain/exposures/misconduct.ts';
import { addMonths, type Day } from '#src/domain/exposures/period.ts';
import { looksPersonal } from '#src/domain/exposures/personal-name.ts';
import {
  type Blacklist,
  PENALTY_TYPE_KEYS,
  type PenaltyType,
  readPenaltyTypes,
  SUBJECT_TYPES,
  type SubjectType,
} from '#src/domain/exposures/registry.ts';
import { parseAmount } from '#src/domain/money/amount-text.ts';
import type { Fen } from '#src/domain/money/money.ts';
import { displayName, nameKey } from '#src/domain/organizations/name-key.ts';
import { formatDate } from '#src/domain/time/time.ts';
import type { ExposureColumn } from '../draft.ts';
import { ItemRejectedError, type Reason } from '../items/reasons.ts';
import { fieldName, type RecordField } from './labels.ts';
import type { ExposureRecord } from './record.ts';
import { readBlacklist, readDay, readSubjectType, readUscc, readYuan } from './values.ts';

const EVERYDAY = '零一二三四五六七八九';
const FORMAL: Readonly<Record<string, string>> = Object.fromEntries(
  [...'一二三四五六七八九十百千'].map((character, at) => [character, [...'壹贰叁肆伍陆柒捌玖拾佰仟'][at] ?? '']),
);
const SUM = `(?:人民币|[¥￥])?\\s*(?:[\\d,，]+(?:\\.\\d+)?\\s*万?元|[${EVERYDAY}十百千万壹贰叁肆伍陆柒捌玖拾佰仟]{1,16}[元圆](?:整|正)?)`;
/** A sum before or behind the word: `罚款3万元`, `处以6万元人民币罚款`, `没收广告费用142393.15元`. */
const sumsOf = (word: string) =>
  new RegExp(`${word}[^\\d元。；;，,]{0,12}?(${SUM})|(${SUM})(?:\\s*人民币)?\\s*(?:整|的)?\\s*(?:行政)?${word}`, 'g');
const FINES = sumsOf('罚款');
const CONFISCATIONS = sumsOf('没收');

/** The fine that a decision imposes in words; undefined when it names none, or sums of which none can be told to be the one. */
export const readFine = (text: string): Fen | undefined => readSum(text, FINES);

/** What a decision confiscates, in words. */
export const readConfiscated = (text: string): Fen | undefined => readSum(text, CONFISCATIONS);

function readSum(text: string, pattern: RegExp): Fen | undefined {
  const plain = text.normalize('NFKC').replace(/\s+/g, ' ');
  const sums = [...plain.matchAll(pattern)].map(([, behind, before]) => toFen(behind ?? before ?? ''));
  const [first] = sums;
  return sums.every((sum) => sum === first) ? first : undefined;
}

function toFen(sum: string): Fen | undefined {
  const formal = sum
    .replace(/人民币|[¥￥\s]/g, '')
    .replace(/[一二三四五六七八九十百千]/g, (character) => FORMAL[character] ?? character);
  const reading = parseAmount(formal);
  return reading && 'fen' in reading ? reading.fen : undefined;
}

/** What rules read from a record; null where the source does not say what an entry must say. */
export interface Judged {
  isPerson: boolean;
  subjectType: SubjectType;
  /** Masked for a person. */
  subjectName: string | null;
  subjectUscc: string | null;
  misconduct: MisconductType;
  decisionNo: string | null;
  authority: string | null;
  decisionDate: Day | null;
  grade: Grade | null;
  list: Blacklist | null;
  penaltyTypes: PenaltyType[];
  fineFen: Fen | null;
  confiscatedFen: Fen | null;
  validUntil: Day | null;
  sourceDeadline: Day | null;
  misconductEnd: Day | null;
}

const REQUIRED: readonly RecordField[] = ['partyName', 'decisionNo', 'authority', 'decisionDate', 'violation'];
const BAN = /([一二三四五1-5])年(?:内|之内)?(?:不得|禁止|不予)/;
const SUSPICION = /涉嫌|立案调查|移送.{0,8}(?:线索|处理)/;

/** That an entry lacks something, in words. Empty when it lacks nothing. */
export function toReasons(missing: readonly RecordField[]): Reason[] {
  if (missing.length === 0) return [];
  const names = missing.map(fieldName).join('、');
  return [
    { code: 'exposure-incomplete', message: `来源未给出：${names}；记录已留存，不据以限制任何人，待工作人员补录` },
  ];
}

/** Reads one record and collects the reasons why it may not be an entry. */
export class Judgement {
  readonly #record: ExposureRecord;
  readonly #column: ExposureColumn;
  readonly #now: number;
  readonly #reasons: Reason[] = [];

  constructor(record: ExposureRecord, column: ExposureColumn, now: number) {
    this.#record = record;
    this.#column = column;
    this.#now = now;
  }

  /** What an entry must say and the record does not, by the names of its fields. */
  get missing(): readonly RecordField[] {
    const record = this.#record;
    // The procurement debarment list names no document (财办库〔2014〕526号).
    const required = REQUIRED.filter((field) => field !== 'decisionNo' || this.#column.board === 'exposure');
    const missing = required.filter((field) => !record[field] || (field === 'decisionDate' && !readDay(record[field])));
    return this.#penaltyTypes().length === 0 ? [...missing, 'penaltyContent'] : missing;
  }

  /**
   * Reads everything that the record says.
   * @throws ItemRejectedError with every reason for which it can be no entry, whatever might be added to it.
   */
  read(): Judged {
    const { violation = '', partyName } = this.#record;
    // Only decisions are published, never a suspicion (招标投标法实施条例 第七十八条).
    if (SUSPICION.test(violation)) this.#reject('suspicion', '只有嫌疑，没有认定', 'violation');
    const misconduct = readMisconduct(violation);
    const isPerson = this.#isPerson();
    const penaltyTypes = this.#penaltyTypes();
    const content = this.#record.penaltyContent ?? '';
    const fineFen = this.#sum('fine', readFine(content));
    const decisionDate = this.#day('decisionDate');
    const judged: Judged = {
      isPerson,
      subjectType: this.#subjectType(isPerson, misconduct),
      ...(partyName ? this.#subject(isPerson, partyName) : { subjectName: null, subjectUscc: this.#uscc() }),
      misconduct,
      decisionNo: this.#record.decisionNo ?? null,
      authority: this.#record.authority ?? null,
      decisionDate,
      grade: this.#grade(penaltyTypes, fineFen, isPerson) ?? null,
      list: this.#list(),
      penaltyTypes,
      fineFen,
      confiscatedFen: this.#sum('confiscated', readConfiscated(content)),
      validUntil: this.#validUntil(decisionDate),
      sourceDeadline: this.#day('deadline'),
      misconductEnd: this.#day('misconductEnd'),
    };
    if (this.#reasons.length > 0) throw new ItemRejectedError([...this.#reasons, ...toReasons(this.missing)]);
    return judged;
  }

  #reject(code: string, message: string, field?: string): void {
    this.#reasons.push(field ? { code, message, field } : { code, message });
  }

  /** Kinds of penalty by every word that tells of them; a fine is one even where only its sum stands. */
  #penaltyTypes(): PenaltyType[] {
    const { penaltyType = '', penaltyContent = '', fine } = this.#record;
    const named = [...readPenaltyTypes(penaltyType), ...readPenaltyTypes(penaltyContent)];
    if (fine && (readYuan(fine) ?? 0) > 0) named.push('fine');
    const types = PENALTY_TYPE_KEYS.filter((type) => named.includes(type));
    return types.length > 1 ? types.filter((type) => type !== 'other') : types;
  }

  /** When the measure ends. A ban that would end long before it has lasted as the decision says was given another date. */
  #validUntil(decisionDate: Day | null): Day | null {
    const until = this.#day('validUntil');
    const years = BAN.exec(this.#record.penaltyContent ?? '')?.[1];
    const count = years && ('一二三四五'.indexOf(years) + 1 || Number(years));
    if (!until || !decisionDate || !count) return until;
    return until < addMonths(decisionDate, 12 * count - 2) ? null : until;
  }

  /** A name that could be a person's is treated as one, whatever the feed says of its kind. */
  #isPerson(): boolean {
    const { partyKind = '', partyName = '' } = this.#record;
    return /^自然人|^个人/.test(partyKind) || looksPersonal(partyName);
  }

  #subject(isPerson: boolean, partyName: string): Pick<Judged, 'subjectName' | 'subjectUscc'> {
    // Whatever number a feed gives for a person is never read.
    if (isPerson) return { subjectName: maskName(partyName), subjectUscc: null };
    if (!nameKey(partyName)) this.#reject('subject-name', '当事人名称无法识别', 'partyName');
    return { subjectName: displayName(partyName), subjectUscc: this.#uscc() };
  }

  #uscc(): string | null {
    const code = readUscc(this.#record.uscc);
    if (code === undefined) this.#reject('uscc-invalid', '统一社会信用代码校验不通过', 'uscc');
    return code ?? null;
  }

  /** By the feed's own word, else by whom the violated articles are about, else by the column; else only what it is in itself. */
  #subjectType(isPerson: boolean, misconduct: MisconductType): SubjectType {
    const { subjectType: word } = this.#record;
    const byRule = misconductDefinition(misconduct).subject;
    const fitting = [readSubjectType(word), byRule, this.#column.subjectType].filter(
      (type) => type !== undefined && SUBJECT_TYPES[type].isPerson === isPerson,
    );
    return fitting[0] ?? (isPerson ? 'individual' : 'organization');
  }

  #day(field: 'decisionDate' | 'validUntil' | 'deadline' | 'misconductEnd'): Day | null {
    const text = this.#record[field];
    if (!text) return null;
    const day = readDay(text, field === 'decisionDate' ? 'only' : 'end');
    // Without its end nobody could say when publication must stop.
    if (!day && field === 'deadline') this.#reject('date-invalid', `“${fieldName(field)}”不是日期`, field);
    if (day && field === 'decisionDate' && day > formatDate(new Date(this.#now).toISOString())) {
      this.#reject('date-future', '决定日期在今天以后', field);
    }
    return day ?? null;
  }

  /** A sum that the record states in a field of its own and in words; null where the two differ, or where its unit is not said. */
  #sum(field: 'fine' | 'confiscated', inWords: Fen | undefined): Fen | null {
    const text = this.#record[field];
    if (!text) return inWords ?? null;
    const isBare = /^[\d.,，\s]+$/.test(text);
    const fen = readYuan(text);
    if (fen === undefined && !isBare) this.#reject('amount-invalid', `“${fieldName(field)}”不是金额`, field);
    if (fen === undefined) return inWords ?? null;
    return inWords === undefined || inWords === fen ? fen : null;
  }

  #grade(penaltyTypes: readonly PenaltyType[], fineFen: Fen | null, isPerson: boolean): Grade | undefined {
    if (this.#column.board === 'blacklist') return 'serious';
    const named = this.#record.grade;
    const grade = named ? readGrade(named) : gradeOf({ penaltyTypes, fineFen, isPerson });
    if (!grade && named) this.#reject('grade-unknown', '不认识的失信程度', 'grade');
    return grade;
  }

  /** The portal invents no list: an entry says on which one its subject stands, and until when. */
  #list(): Blacklist | null {
    if (this.#column.board !== 'blacklist') return null;
    const list = readBlacklist(this.#record.list) ?? this.#column.list;
    if (!list) this.#reject('list-unknown', '没有说明依法列入哪一份名单', 'list');
    if (!this.#record.deadline && !this.#record.validUntil) {
      this.#reject('deadline-missing', '名单条目没有截止日期', 'deadline');
    }
    return list ?? null;
  }
}
