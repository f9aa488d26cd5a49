import { and, eq, isNotNull, like, or, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineStatement } from '#db/query.ts';
import {
  ingestRuns,
  pushRequests,
  rawItems,
  sources,
  submissionBatches,
  submissions,
  subscriptionMessages,
} from '#db/schema/index.ts';
import { bare } from '#db/sql-pieces.ts';
import { EMPTY, type SourceItem } from './contents.ts';
import { REMOVED_MESSAGE } from './guard.ts';

/** What reasons and errors quote of a title at most. */
const QUOTED = 60;
/** Shorter titles would be found in what quotes something else. */
const TELLING = 6;

/** Where errors are kept that may quote what was sent. */
const ERRORS: readonly SQLiteColumn[] = [
  ingestRuns.error,
  sources.lastError,
  sources.heldReason,
  submissionBatches.error,
  submissions.remark,
  subscriptionMessages.error,
];
const FORGET_ERRORS = ERRORS.map((column) =>
  defineStatement(
    (p: Params<{ piece: string; message: string }>) => sql`
      UPDATE ${column.table} SET ${bare(column)} = ${p.message} WHERE instr(${column}, ${p.piece}) > 0`,
  ),
);
const FORGET_REASONS = defineQuery((db, p: Params<{ piece: string }>) =>
  db.update(rawItems).set({ reasons: [] }).where(sql`instr(${rawItems.reasons}, ${p.piece}) > 0`),
);
/** Rows of lists that could not be read as items have ids of their own. */
const EMPTY_UNREADABLE = defineQuery((db, p: Params<{ piece: string }>) =>
  db
    .update(rawItems)
    .set(EMPTY)
    .where(
      and(like(rawItems.sourceItemId, 'unreadable %').inlineParams(), sql`instr(${rawItems.listItem}, ${p.piece}) > 0`),
    ),
);

const { sourceKey, idempotencyKey, answer } = pushRequests;
const LIST_ANSWERS = defineQuery((db, p: Params<{ sourceKey: string; piece: string; id: string }>) =>
  db
    .select({ sourceKey, idempotencyKey, answer })
    .from(pushRequests)
    .where(
      and(
        isNotNull(answer),
        or(sql`instr(${answer}, ${p.piece}) > 0`, and(eq(sourceKey, p.sourceKey), sql`instr(${answer}, ${p.id}) > 0`)),
      ),
    ),
);
const SAVE_ANSWER = defineQuery((db, p: Params<{ sourceKey: string; idempotencyKey: string; answer: string }>) =>
  db
    .update(pushRequests)
    .set({ answer: p.answer })
    .where(and(eq(sourceKey, p.sourceKey), eq(idempotencyKey, p.idempotencyKey))),
);

/** What answers to pushes say of each item. */
interface Answer {
  items?: { id: string | null; reasons?: unknown[] }[];
}

/** As a text stands inside JSON. */
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/**
 * Takes what was removed out of what quotes it: reasons and errors, answers to pushes that are kept for repeats, rows that could not be
 * read. Titles that are too short to tell anything are passed over.
 */
export function removeEchoes(db: Db, items: readonly SourceItem[], titles: readonly string[]): void {
  const pieces = titles.filter((title) => title.length >= TELLING).map((title) => title.slice(0, QUOTED));
  for (const piece of pieces) {
    for (const statement of FORGET_ERRORS) statement.run(db, { piece, message: REMOVED_MESSAGE });
    FORGET_REASONS.run(db, { piece: inJson(piece) });
    for (const form of new Set([piece, inJson(piece)])) EMPTY_UNREADABLE.run(db, { piece: form });
    for (const item of items) forgetAnswers(db, item, piece);
  }
}

/** The sender of a push is told again what became of its items, without why. */
function forgetAnswers(db: Db, item: SourceItem, piece: string): void {
  const asked = { sourceKey: item.sourceKey, piece: inJson(piece), id: inJson(item.sourceItemId) };
  for (const row of LIST_ANSWERS.all(db, asked)) {
    const told = JSON.parse(row.answer ?? '{}') as Answer;
    const echoes = (told.items ?? []).filter(
      ({ id, reasons = [] }) =>
        JSON.stringify(reasons).includes(inJson(piece)) ||
        (row.sourceKey === item.sourceKey && id === item.sourceItemId),
    );
    for (const echo of echoes) delete echo.reasons;
    if (echoes.length > 0) SAVE_ANSWER.run(db, { ...row, answer: JSON.stringify(told) });
  }
}
