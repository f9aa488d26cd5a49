import { type ExposureField, type ExposureForm, exposureFormSchema } from '#src/domain/exposures/drafts/form.ts';
import { readGrade } from '#src/domain/exposures/grade.ts';
import type { Blacklist, Board, RecordKind, SubjectType } from '#src/domain/exposures/registry.ts';
import { readPenaltyTypes } from '#src/domain/exposures/registry.ts';
import { type RecordField, readLabel } from '#src/publish/exposures/labels.ts';
import { readBlacklist, readDay, readSubjectType, readYuan } from '#src/publish/exposures/values.ts';

/** A record as departments hand it over: what they push, from a file. */
export interface HandedRecord {
  board: Board;
  kind: RecordKind;
  list?: Blacklist | undefined;
  subjectType?: SubjectType | undefined;
  url?: string | undefined;
  attachments: readonly { name: string; url: string }[];
  fields: Readonly<Record<string, string>>;
}

/** The form that a record fills. What is no value of its field stays empty: whoever finishes the draft sees what is missing. */
export function toForm(record: HandedRecord, evidence: string): ExposureForm {
  const said: Partial<Record<RecordField, string>> = {};
  for (const [label, value] of Object.entries(record.fields)) {
    const reading = readLabel(label);
    if (!reading || value.trim() === '') continue;
    said[reading.field] ??=
      reading.unit && /^[\d.,]+$/.test(value.trim()) ? `${value.trim()}${reading.unit}` : value.trim();
  }
  const yuan = (text: string | undefined) => {
    const fen = text === undefined ? undefined : readYuan(text);
    return fen === undefined ? '' : String(fen / 100);
  };
  const day = (text: string | undefined) => readDay(text) ?? '';
  const values: Record<ExposureField, unknown> = {
    board: record.board,
    kind: record.kind,
    list: record.list ?? readBlacklist(said.list) ?? '',
    subjectType: record.subjectType ?? readSubjectType(said.subjectType) ?? 'organization',
    partyName: said.partyName ?? '',
    uscc: said.uscc ?? '',
    violation: said.violation ?? '',
    facts: said.facts ?? '',
    decisionNo: said.decisionNo ?? '',
    authority: said.authority ?? '',
    decisionDate: day(said.decisionDate),
    grade: readGrade(said.grade ?? '') ?? '',
    minorReason: said.minorReason ?? '',
    legalBasis: said.legalBasis ?? '',
    penaltyTypes: readPenaltyTypes(`${said.penaltyType ?? ''}；${said.penaltyContent ?? ''}`.replace(/^；$/, '')),
    penaltyContent: said.penaltyContent ?? said.penaltyType ?? '',
    fine: yuan(said.fine),
    confiscated: yuan(said.confiscated),
    validUntil: day(said.validUntil),
    deadline: day(said.deadline),
    misconductEnd: day(said.misconductEnd),
    projectCode: said.projectCode ?? '',
    sourceUrl: record.url ?? '',
    evidence,
    evidenceUrl: record.attachments[0]?.url ?? '',
  };
  const fitting = Object.entries(values).map(([name, value]) => {
    const isSound = exposureFormSchema.shape[name as ExposureField].safeParse(value).success;
    return [name, isSound ? value : undefined];
  });
  return exposureFormSchema.parse(Object.fromEntries(fitting));
}
