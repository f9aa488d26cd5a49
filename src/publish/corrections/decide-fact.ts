import { and, eq, getTableColumns } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { factCorrections, notices, noticeVersions } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { ConflictError, InputError, NotFoundError } from '#src/domain/errors.ts';
import {
  type FactCorrectionKind,
  type FactPlace,
  linesWith,
  livingCorrections,
  partsOf,
  valueAt,
} from '#src/domain/facts/fact-corrections.ts';
import { type FactValue, factDefinition } from '#src/domain/facts/facts.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { readNotice } from '../facts/reading.ts';
import { readTyped } from '../facts/typed.ts';
import { rereadNotice } from '../notices/reextract.ts';
import { listFactCorrections, textOf } from './layer.ts';

/** What a member of staff decides about a fact of a notice. */
export interface FactDecision {
  noticeId: string;
  /** The version that was looked at. */
  version: number;
  place: FactPlace;
  kind: FactCorrectionKind;
  /** What the notice says, as typed; '' unless the kind is `set`. */
  typed: string;
  /** Words of the notice that say so. */
  quote: string;
  /** Read by the public. */
  reason: string;
}

const { id: _id, ...COLUMNS } = getTableColumns(factCorrections);
const INSERT = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db.insert(factCorrections).values(paramsOf(COLUMNS, p)).returning({ id: factCorrections.id }),
);
const CURRENT = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ version: notices.version, content: noticeVersions.content })
    .from(notices)
    .innerJoin(
      noticeVersions,
      and(eq(noticeVersions.noticeId, notices.id), eq(noticeVersions.version, notices.version)),
    )
    .where(and(eq(notices.id, p.id), eq(notices.isPublic, 1).inlineParams())),
);

/**
 * Writes down what staff decided about a fact, over what the rules read, and brings everything that follows from it in line. The caller
 * holds the transaction. Returns the decision's number.
 * @throws NotFoundError, ConflictError when the notice has another version meanwhile, InputError
 */
export function decideFact(db: Db, decision: FactDecision, context: WriteContext): number {
  const { noticeId, place, kind, reason } = decision;
  const row = CURRENT.first(db, { id: noticeId });
  if (!row) throw new NotFoundError('没有这条公告');
  if (row.version !== decision.version) throw new ConflictError('公告刚有了新的版本，请看过再决定');
  const content = JSON.parse(row.content) as NoticeContent;
  const text = textOf(content);
  const before = valueAt(readNotice(content).facts, place)?.text ?? '';
  const living = livingCorrections(listFactCorrections(db, noticeId), text).find((one) => one.place === place);
  assertSensible(decision, before, living !== undefined);
  const passage = kind === 'undo' ? (living?.passage ?? '') : linesWith(text, decision.quote || before);
  if (passage === null) throw fault('quote', '公告里没有这些字，请从公告中照抄一段作为依据');
  const value = kind === 'set' ? toValue(decision) : {};
  const { actor, now: at } = context;
  const made = INSERT.first(db, {
    ...{ noticeId, place, kind, value, passage, before, reason, actor, at },
    version: row.version,
  });
  if (!made) throw new Error('an insert returns its row');
  rereadNotice(db, noticeId, context);
  return made.id;
}

function assertSensible({ place, kind, reason, typed }: FactDecision, before: string, isDecided: boolean): void {
  const { key, cell } = partsOf(place);
  if (!cell && factDefinition(key).kind === 'entries') throw fault('place', '表格须逐格更正');
  if (kind === 'undo' && !isDecided) throw fault('kind', '这项要素没有可撤销的更正');
  if ((kind === 'absent' || kind === 'seen') && before === '') throw fault('kind', '公告里没有读到这项要素');
  if (cell && before === '') throw fault('place', '表格里没有这一格');
  for (const [name, text] of Object.entries({ reason, typed }))
    if (redactPersonalData(text).masked > 0) throw fault(name, '会公开，不能写证件号、手机号等个人信息');
}

function toValue({ place, typed }: FactDecision): FactValue {
  const { key, cell } = partsOf(place);
  const reading = readTyped(cell?.column ?? key, typed);
  if (!reading) throw fault('typed', HELP[factDefinition(cell?.column ?? key).kind] ?? '请填写正确的内容');
  return reading;
}

const HELP: Readonly<Record<string, string>> = {
  money: '请写成确切的金额，例如 1234500 元、123.45 万元',
  instant: '请写成确切的时间，例如 2026-03-02 09:30',
  area: '请写成确切的面积，例如 1234.5 平方米、3 公顷',
};

const fault = (name: string, message: string) => new InputError([{ name, message }]);
