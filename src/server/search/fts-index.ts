import { eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { searchIndex } from '#db/fts.ts';
import { defineQuery, defineSelect, defineStatement } from '#db/query.ts';
import { publishedNotices, searchAliases, searchDocuments, searchTerms } from '#db/schema/index.ts';
import { aliased, bare, named } from '#db/sql-pieces.ts';
import { endOf, savePosition } from '#src/publish/changes/follow.ts';
import { n } from '../notices/conditions.ts';
import { type IndexableRow, listIndexableRows, toSearchDocument } from './document.ts';
import { learnTerms } from './vocabulary.ts';

const BATCH = 500;

const d = aliased(searchDocuments, 'd');

const DELETE_INDEXED = defineStatement(
  (p: Params<{ noticeId: string }>) => sql`DELETE FROM ${searchIndex} WHERE ${searchIndex.rowid} =
    (SELECT ${searchDocuments.id} FROM ${searchDocuments} WHERE ${searchDocuments.noticeId} = ${p.noticeId})`,
);
const DELETE_DOCUMENT = defineQuery((db, p: Params<{ noticeId: string }>) =>
  db.delete(searchDocuments).where(eq(searchDocuments.noticeId, p.noticeId)),
);

type Document = Omit<Required<typeof searchDocuments.$inferInsert>, 'id'>;
const INSERT_DOCUMENT = defineQuery((db, p: Params<Document>) =>
  db.insert(searchDocuments).values({
    noticeId: p.noticeId,
    version: p.version,
    category: p.category,
    stage: p.stage,
    county: p.county,
    publishedAt: p.publishedAt,
    deadlineAt: p.deadlineAt,
    amountFen: p.amountFen,
  }),
);
const { rowid, title, buyer, parties, place, body } = searchIndex;
const INSERT_INDEXED = defineStatement(
  (p: Params<{ rowid: number; title: string; buyerText: string; parties: string; place: string; body: string }>) => sql`
    INSERT INTO ${searchIndex} (${bare(rowid)}, ${bare(title)}, ${bare(buyer)}, ${bare(parties)}, ${bare(place)}, ${bare(body)})
    VALUES (${p.rowid}, ${p.title}, ${p.buyerText}, ${p.parties}, ${p.place}, ${p.body})`,
);

/** What FTS5 does when its own name is written into it. */
const COMMAND = defineStatement(
  (p: Params<{ command: 'delete-all' | 'optimize' }>) =>
    sql`INSERT INTO ${searchIndex} (${searchIndex}) VALUES (${p.command})`,
);

const DIVERGING = defineSelect(() => ({
  fields: { id: n.id },
  rest: sql`FROM ${named(n)} LEFT JOIN ${named(d)} ON ${d.noticeId} = ${n.id}
    WHERE ${d.version} IS NULL OR ${d.version} <> ${n.version}
    UNION ALL
    SELECT ${d.noticeId} FROM ${named(d)} LEFT JOIN ${named(n)} ON ${n.id} = ${d.noticeId} WHERE ${n.id} IS NULL`,
}));
const PUBLIC = defineQuery((db) => db.select({ id: publishedNotices.id }).from(publishedNotices));

/** Writes one notice's row into the full-text table. The caller holds the transaction. */
function insertRow(db: Db, row: IndexableRow): void {
  const document = toSearchDocument(row);
  const { id: noticeId, version, category, stage, county, publishedAt, closesAt: deadlineAt, amountFen } = row;
  const written = INSERT_DOCUMENT.run(db, {
    noticeId,
    version,
    category,
    stage,
    county,
    publishedAt,
    deadlineAt,
    amountFen,
  });
  INSERT_INDEXED.run(db, { ...document, rowid: written.lastInsertRowid });
}

/**
 * Brings the built-in index in line with the database for the given notices: public ones are written, others removed.
 * One transaction; `within` runs inside it (for a cursor).
 */
export function refreshFts(db: Db, ids: readonly string[], within: () => void = () => {}): void {
  const rows = listIndexableRows(db, ids);
  db.$client
    .transaction(() => {
      const fresh = new Set(ids);
      for (const id of ids) {
        DELETE_INDEXED.run(db, { noticeId: id });
        if (DELETE_DOCUMENT.run(db, { noticeId: id }).changes > 0) fresh.delete(id);
      }
      for (const row of rows) insertRow(db, row);
      learnTerms(
        db,
        rows.filter(({ id }) => fresh.has(id)),
      );
      within();
    })
    .immediate();
}

/** Notices whose built-in index row is missing, of another version, or should not be there. */
function listDiverging(db: Db): string[] {
  return DIVERGING.all(db).map(({ id }) => id);
}

/** Compares the built-in index with the database and repairs what differs. Returns the number of repaired notices. */
export function reconcileFts(db: Db): number {
  const ids = listDiverging(db);
  for (let start = 0; start < ids.length; start += BATCH) refreshFts(db, ids.slice(start, start + BATCH));
  return ids.length;
}

/** Empties the built-in index and fills it again. What changes meanwhile is behind the saved position. */
export function rebuildFts(db: Db, onProgress: (done: number, total: number) => void = () => {}): void {
  const end = endOf(db, 'builtInIndex');
  db.$client
    .transaction(() => {
      COMMAND.run(db, { command: 'delete-all' });
      for (const table of [searchDocuments, searchTerms, searchAliases]) db.delete(table).run();
    })
    .immediate();
  const ids = PUBLIC.all(db).map(({ id }) => id);
  for (let start = 0; start < ids.length; start += BATCH) {
    refreshFts(db, ids.slice(start, start + BATCH));
    onProgress(Math.min(start + BATCH, ids.length), ids.length);
  }
  COMMAND.run(db, { command: 'optimize' });
  savePosition(db, 'builtInIndex', end);
}
