import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { publishedNotices } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { Facts } from '#src/domain/facts/facts.ts';
import { CORRECTIONS, listFactChanges } from '#src/domain/notices/correction.ts';
import type { CorrectionView } from '#src/domain/site/views.ts';
import { type StageEffect, stageDefinition } from '#src/domain/stages.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';
import { findLinked } from '#src/publish/notices/links.ts';
import { n } from './conditions.ts';

/** Whether a notice says something that a correction could correct. */
const IS_ORIGINAL: Record<StageEffect, boolean> = {
  calls: true,
  tells: true,
  proposes: true,
  explains: false,
  corrects: false,
  amends: true,
  suspends: false,
  resumes: false,
  fails: false,
  terminates: false,
};

const o = aliased(publishedNotices, 'o');
const EARLIER = defineSelect((p: Params<{ id: string }>) => ({
  fields: {
    id: o.id,
    title: o.title,
    stage: o.stage,
    lotCode: o.lotCode,
    publishedAt: o.publishedAt,
    facts: o.facts,
  },
  rest: sql`FROM ${named(n)} JOIN ${named(o)} ON ${o.projectId} = ${n.projectId}
    WHERE ${n.id} = ${p.id} AND ${o.id} <> ${n.id} AND ${o.publishedAt} <= ${n.publishedAt}
    ORDER BY ${o.publishedAt}, ${o.id}`,
}));
type ProjectRow = ReturnType<typeof EARLIER.all>[number];

/**
 * Compares a correction with its original, fact by fact. The original is the notice of the same project and lot published on
 * the day that the correction names, else the last one before it; where staff said which one it is, that. Corrections between the two count as said.
 */
export function getCorrection(db: Db, notice: { id: string; lotCode: string | null; facts: Facts }): CorrectionView {
  const linked = findLinked(db, notice.id)?.originalId;
  const earlier = EARLIER.all(db, { id: notice.id }).filter(
    ({ id, lotCode }) => id === linked || lotCode === null || notice.lotCode === null || lotCode === notice.lotCode,
  );
  const original =
    earlier.find(({ id }) => id === linked) ?? findOriginal(earlier, notice.facts.originalNoticeDate?.instant);
  if (!original) return { changes: [] };
  const since = earlier
    .slice(earlier.indexOf(original))
    .filter((row) => row === original || CORRECTIONS.has(row.stage));
  const before: Facts = Object.assign({}, ...since.map(({ facts }) => facts));
  const { id, title, publishedAt } = original;
  return { original: { id, title, publishedAt }, changes: listFactChanges(before, notice.facts) };
}

function findOriginal(earlier: readonly ProjectRow[], named: Instant | undefined): ProjectRow | undefined {
  const originals = earlier.filter(({ stage }) => IS_ORIGINAL[stageDefinition(stage).effect]);
  const onDay = named && originals.find(({ publishedAt }) => formatDate(publishedAt) === formatDate(named));
  return onDay || originals.at(-1);
}
