import { normaliseDecisionNo } from '#src/domain/exposures/decision-number.ts';
import { type Grade, gradeOf, readGrade } from '#src/domain/exposures/grade.ts';
import { maskName } from '#src/domain/exposures/masking.ts';
import { type MisconductType, misconductDefinition, readMisconduct } from '#src/domain/exposures/misconduct.ts';
import type { Day } from '#src/domain/exposures/period.ts';
import { looksPersonal } from '#src/domain/exposures/personal-name.ts';
import {
  type Blacklist,
  type PenaltyType,
  readPenaltyTypes,
  SUBJECT_TYPES,
  type SubjectType,
} from '#src/domain/exposures/registry.ts';
import type { Fen } from '#src/domain/money.ts';
import { displayName, nameKey } from '#src/domain/organizations/name-key.ts';
import { formatDate } from '#src/domain/time.ts';
import { ItemRejectedError, type Reason } from '../reasons.ts';
import type { ExposureColumn } from '../types.ts';
import { fieldName, type RecordField } from './labels.ts';
import type { ExposureRecord } from './record.ts';
import { readBlacklist, readDay, readSubjectType, readUscc, readWanYuan } from './values.ts';

/** What rules read from a record. */
export interface Judged {
  isPerson: boolean;
  subjectType: SubjectType;
  /** Masked for a person. */
  subjectName: string;
  subjectUscc: string | null;
  misconduct: MisconductType;
  decisionNo: string;
  authority: string;
  decisionDate: Day;
  grade: Grade;
  list: Blacklist | null;
  penaltyTypes: PenaltyType[];
  fineFen: Fen | null;
  confiscatedFen: Fen | null;
  validUntil: Day | null;
  sourceDeadline: Day | null;
  misconductEnd: Day | null;
}

const REQUIRED: readonly RecordField[] = ['partyName', 'decisionNo', 'authority', 'decisionDate', 'violation'];
const SUSPICION = /涉嫌|立案调查|移送.{0,8}(?:线索|处理)/;

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

  /** @throws ItemRejectedError with every reason found. */
  finish(): Judged {
    const { penaltyType, penaltyContent, violation = '', fine, confiscated } = this.#record;
    this.#requireFields();
    const misconduct = readMisconduct(violation);
    const isPerson = this.#isPerson();
    const penaltyTypes = readPenaltyTypes(penaltyType ?? penaltyContent ?? '');
    const fineFen = this.#amount('fine', fine);
    const judged = {
      isPerson,
      subjectType: this.#subjectType(isPerson, misconduct),
      ...this.#subject(isPerson),
      misconduct,
      decisionNo: this.#record.decisionNo ?? '',
      authority: this.#record.authority ?? '',
      decisionDate: this.#day('decisionDate'),
      grade: this.#grade(penaltyTypes, fineFen, isPerson),
      list: this.#list(),
      penaltyTypes,
      fineFen,
      confiscatedFen: this.#amount('confiscated', confiscated),
      validUntil: this.#day('validUntil'),
      sourceDeadline: this.#day('deadline'),
      misconductEnd: this.#day('misconductEnd'),
    };
    const { subjectType, decisionDate, grade } = judged;
    if (this.#reasons.length > 0 || !subjectType || !decisionDate || !grade) throw new ItemRejectedError(this.#reasons);
    return { ...judged, subjectType, decisionDate, grade };
  }

  #reject(code: string, message: string, field?: string): void {
    this.#reasons.push(field ? { code, message, field } : { code, message });
  }

  #requireFields(): void {
    // The procurement debarment list names no document (domain reference §3.5).
    const required = REQUIRED.filter((field) => field !== 'decisionNo' || this.#column.board === 'exposure');
    const missing = required.filter((field) => !this.#record[field]);
    if (!this.#record.penaltyType && !this.#record.penaltyContent) missing.push('penaltyContent');
    if (missing.length > 0) {
      this.#reject('exposure-incomplete', `缺少：${missing.map(fieldName).join('、')}；需人工录入`);
    }
    if (this.#record.decisionNo && !normaliseDecisionNo(this.#record.decisionNo)) {
      this.#reject('decision-number', '决定书文号不是文号', 'decisionNo');
    }
    // A suspicion is never an exposure record (domain reference §3.1).
    if (SUSPICION.test(this.#record.violation ?? '')) this.#reject('suspicion', '只有嫌疑，没有认定', 'violation');
  }

  /** A name that could be a person's is treated as one, whatever the feed says of its kind. */
  #isPerson(): boolean {
    const { partyKind = '', partyName = '' } = this.#record;
    return /^自然人|^个人/.test(partyKind) || looksPersonal(partyName);
  }

  #subject(isPerson: boolean): { subjectName: string; subjectUscc: string | null } {
    const { partyName = '', uscc } = this.#record;
    // Whatever number a feed gives for a person is never read.
    if (isPerson) return { subjectName: maskName(partyName), subjectUscc: null };
    const code = readUscc(uscc);
    if (code === undefined) this.#reject('uscc-invalid', '统一社会信用代码校验不通过', 'uscc');
    if (partyName && !nameKey(partyName)) this.#reject('subject-name', '当事人名称无法识别', 'partyName');
    return { subjectName: displayName(partyName), subjectUscc: code ?? null };
  }

  /** By the feed's own word, else by whom the violated articles are about, else by the column. */
  #subjectType(isPerson: boolean, misconduct: MisconductType): SubjectType | undefined {
    const { subjectType: word } = this.#record;
    const byRule = misconductDefinition(misconduct).subject;
    const fitting = [readSubjectType(word), byRule, this.#column.subjectType].filter(
      (type) => type !== undefined && SUBJECT_TYPES[type].isPerson === isPerson,
    );
    if (fitting[0] ?? isPerson) return fitting[0] ?? 'individual';
    this.#reject('subject-unknown', '看不出当事人是哪一类主体', 'subjectType');
    return undefined;
  }

  #day(field: 'decisionDate' | 'validUntil' | 'deadline' | 'misconductEnd'): Day | null {
    const text = this.#record[field];
    if (!text) return null;
    const day = readDay(text);
    if (!day) this.#reject('date-invalid', `“${fieldName(field)}”不是日期`, field);
    if (day && field === 'decisionDate' && day > formatDate(new Date(this.#now).toISOString())) {
      this.#reject('date-future', '决定日期在今天以后', field);
    }
    return day ?? null;
  }

  #amount(field: 'fine' | 'confiscated', text: string | undefined): Fen | null {
    if (!text) return null;
    const fen = readWanYuan(text);
    if (fen === undefined) this.#reject('amount-invalid', `“${fieldName(field)}”不是金额`, field);
    return fen ?? null;
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
