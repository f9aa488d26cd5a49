import { eq, gt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { searchIndex } from '#db/fts.ts';
import { deleteKeyValue, readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { defineQuery, defineSelect, defineStatement } from '#db/query.ts';
import { publishedNotices, searchAliases, searchDocuments, searchTerms } from '#db/schema/index.ts';
import { aliased, bare, named } from '#db/sql-pieces.ts';
import { endOf, readPosition, savePosition } from '#src/publish/changes/follow.ts';
import { n } from '../notices/conditions.ts';
import { type IndexableRow, listIndexableRows, toSearchDocument } from './document.ts';
import { learnTerms } from './vocabulary.ts';

const BATCH = 500;
/** Small: while one is written nobody else can write, and new notices wait. */
const REBUILD_BATCH = 100;

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
const NEXT_PUBLIC = defineQuery((db, p: Params<{ after: string }>) =>
  db
    .select({ id: publishedNotices.id })
    .from(publishedNotices)
    .where(gt(publishedNotices.id, p.after))
    .orderBy(publishedNotices.id)
    .limit(REBUILD_BATCH),
);
const TOTAL = defineSelect(() => ({ fields: { total: sql<number>`count(*)` }, rest: sql`FROM ${publishedNotices}` }));

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
 * One transaction; `within` runs inside it (for a cursor). `learn`: whose words the vocabulary does not have yet.
 */
export function refreshFts(
  db: Db,
  ids: readonly string[],
  within: () => void = () => {},
  learn: 'fresh' | 'all' = 'fresh',
): void {
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
        rows.filter(({ id }) => learn === 'all' || fresh.has(id)),
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

/** What the index is made by: when rules of text or columns change, this does, and the index is made again. */
const FORMAT = '2';
const FORMAT_KEY = 'fts.format';
/** The last notice that a rebuild under way has taken. */
const REBUILT_KEY = 'fts.rebuilt';

const ANY_DOCUMENT = defineQuery((db) => db.select({ id: searchDocuments.id }).from(searchDocuments).limit(1));

/** Says of an index that holds nothing yet that it is of the format in which it is about to be filled. */
export function beginFormat(db: Db): void {
  if (readKeyValue(db, FORMAT_KEY, '') === '' && !ANY_DOCUMENT.first(db)) saveKeyValue(db, FORMAT_KEY, FORMAT);
}

/**
 * The next notices of a rebuild, where the index is of another format: each is replaced in one transaction with the place that the rebuild
 * has come to, so that none is missing meanwhile and a rebuild that was stopped goes on. Returns their number; 0 when nothing is to be done.
 */
export function rebuildStep(db: Db): number {
  if (readKeyValue(db, FORMAT_KEY, '') === FORMAT) return 0;
  const after = readKeyValue(db, REBUILT_KEY, '');
  if (after === '') for (const table of [searchTerms, searchAliases]) db.delete(table).run();
  const ids = NEXT_PUBLIC.all(db, { after }).map(({ id }) => id);
  const last = ids.at(-1);
  if (last !== undefined) {
    refreshFts(db, ids, () => saveKeyValue(db, REBUILT_KEY, last), 'all');
    return ids.length;
  }
  reconcileFts(db);
  COMMAND.run(db, { command: 'optimize' });
  db.$client
    .transaction(() => {
      saveKeyValue(db, FORMAT_KEY, FORMAT);
      deleteKeyValue(db, REBUILT_KEY);
    })
    .immediate();
  return 0;
}

/** Makes the built-in index again, notice by notice; from nothing where it is damaged. What changes meanwhile is behind the saved position. */
export function rebuildFts(db: Db, onProgress: (done: number, total: number) => void = () => {}): void {
  const end = endOf(db, 'builtInIndex');
  for (const key of [FORMAT_KEY, REBUILT_KEY]) deleteKeyValue(db, key);
  const { total } = TOTAL.first(db) ?? { total: 0 };
  try {
    walkRebuild(db, total, onProgress);
  } catch (error) {
    if (!isDamage(error)) throw error;
    COMMAND.run(db, { command: 'delete-all' });
    db.delete(searchDocuments).run();
    deleteKeyValue(db, REBUILT_KEY);
    walkRebuild(db, total, onProgress);
  }
  savePosition(db, 'builtInIndex', Math.max(end, readPosition(db, 'builtInIndex')));
}

const isDamage = (error: unknown) =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CORRUPT');

function walkRebuild(db: Db, total: number, onProgress: (done: number, total: number) => void): void {
  let done = 0;
  for (let step = rebuildStep(db); step > 0; step = rebuildStep(db)) {
    done += step;
    onProgress(done, total);
  }
}
