import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { named } from '#db/sql-pieces.ts';
import { BOARD_KEYS, type Board } from '#src/domain/exposures/registry.ts';
import type { ExposureSummary } from '#src/domain/exposures/views.ts';
import { RESULT_STAGES } from '#src/domain/site/screens.ts';
import type { SourceHealth, YearTotal } from '#src/domain/site/site-views.ts';
import { absoluteUrl } from '#src/domain/site/urls.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import { addDays, formatDate, type Instant, startOfDay } from '#src/domain/time/time.ts';
import { toBase64 } from '#src/domain/tlog/bytes.ts';
import { verifyUrl } from '#src/domain/tlog/served.ts';
import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { listExposures } from '../exposures/list.ts';
import { n } from '../notices/conditions.ts';
import { listNotices } from '../notices/list.ts';
import { listYearTotals } from '../notices/overview.ts';
import { listSummariesById } from '../notices/row.ts';
import { currentCheckpoint } from '../publication-log/current.ts';
import { getAsOf } from '../sources/as-of.ts';
import { listSources } from '../sources/health.ts';

/** What hangs in the hall, on the wall screen and on paper. */
export interface BoardPage {
  now: Instant;
  asOf: Instant;
  siteName: string;
  siteAddress: string;
  /** How far the publication log has come; null before its first checkpoint. */
  checkpoint: { size: number; root: string } | null;
  /** Where the log is verified, for phones. */
  verifyAddress: string;
  /** Those whose bidding ends today, by time, and how many there are. */
  openings: Listed;
  /** Those that end after today. */
  closing: Listed;
  results: NoticeSummary[];
  exposures: { board: Board; total: number }[];
  newestExposures: ExposureSummary[];
  years: YearTotal[];
  sources: SourceHealth[];
}

export interface Listed {
  items: NoticeSummary[];
  total: number;
}

const CLOSING = defineSelect((p: Params<{ from: Instant; to: Instant; limit: number }>) => ({
  fields: { id: n.id, total: sql<number>`count(*) OVER ()` },
  rest: sql`FROM ${named(n)} WHERE ${n.closesAt} >= ${p.from} AND ${n.closesAt} < ${p.to} ORDER BY ${n.closesAt}, ${n.id} LIMIT ${p.limit}`,
}));
/** How far ahead 即将截止 looks. */
const SOON_DAYS = 14;

/** @param rows how many of each list there is room for; `openings`: of today's, where there is room for more */
export function loadBoard({ rows, openings = rows }: { rows: number; openings?: number }): BoardPage {
  const [db, now] = [webDb(), new Date().toISOString()];
  const { SITE_NAME, SITE_URL, DATA_DIR } = getConfig();
  const checkpoint = currentCheckpoint(DATA_DIR);
  const today = startOfDay(formatDate(now));
  const tomorrow = addDays(today, 1);
  return {
    now,
    asOf: getAsOf(db),
    siteName: SITE_NAME,
    siteAddress: SITE_URL,
    verifyAddress: absoluteUrl(SITE_URL, verifyUrl()),
    checkpoint: checkpoint && { size: checkpoint.size, root: toBase64(checkpoint.root) },
    openings: listClosing(db, { from: today, to: tomorrow, limit: openings }),
    closing: listClosing(db, { from: tomorrow, to: addDays(tomorrow, SOON_DAYS), limit: rows }),
    results: listResults(db, rows, now),
    exposures: BOARD_KEYS.map((board) => ({ board, total: listExposures(db, { board, limit: 1 }, now).total })),
    newestExposures: listExposures(db, { limit: rows }, now).items,
    years: listYearTotals(db).slice(0, rows),
    sources: listSources(db, now),
  };
}

function listClosing(db: Db, asked: { from: Instant; to: Instant; limit: number }): Listed {
  const found = CLOSING.all(db, asked);
  const items = listSummariesById(
    db,
    found.map(({ id }) => id),
  );
  return { items, total: found[0]?.total ?? 0 };
}

function listResults(db: Db, limit: number, now: Instant): NoticeSummary[] {
  const all = RESULT_STAGES.flatMap((stage) => listNotices(db, { stage, limit }, now).items);
  return all.sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1)).slice(0, limit);
}
