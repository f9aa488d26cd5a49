import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { Facts } from '#src/domain/facts/facts.ts';
import { CORRECTIONS, listFactChanges } from '#src/domain/notices/correction.ts';
import type { CorrectionView } from '#src/domain/site/views.ts';
import { type Stage, type StageEffect, stageDefinition } from '#src/domain/stages.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';

interface ProjectRow {
  id: string;
  title: string;
  stage: Stage;
  lotCode: string | null;
  publishedAt: Instant;
  facts: string;
}

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

const EARLIER = `
  SELECT o.id, o.title, o.stage, o.lot_code AS lotCode, o.published_at AS publishedAt, o.facts
  FROM published_notices n JOIN published_notices o ON o.project_id = n.project_id
  WHERE n.id = ? AND o.id <> n.id AND o.published_at <= n.published_at ORDER BY o.published_at, o.id`;

/**
 * Compares a correction with its original, fact by fact. The original is the notice of the same project and lot published on
 * the day that the correction names, else the last one before it. Corrections between the two count as said.
 */
export function getCorrection(db: Db, notice: { id: string; lotCode: string | null; facts: Facts }): CorrectionView {
  const earlier = listRows<ProjectRow>(db, EARLIER, [notice.id]).filter(
    ({ lotCode }) => lotCode === null || notice.lotCode === null || lotCode === notice.lotCode,
  );
  const original = findOriginal(earlier, notice.facts.originalNoticeDate?.instant);
  if (!original) return { changes: [] };
  const since = earlier
    .slice(earlier.indexOf(original))
    .filter((row) => row === original || CORRECTIONS.has(row.stage));
  const before: Facts = Object.assign({}, ...since.map(({ facts }) => JSON.parse(facts) as Facts));
  const { id, title, publishedAt } = original;
  return { original: { id, title, publishedAt }, changes: listFactChanges(before, notice.facts) };
}

function findOriginal(earlier: readonly ProjectRow[], named: Instant | undefined): ProjectRow | undefined {
  const originals = earlier.filter(({ stage }) => IS_ORIGINAL[stageDefinition(stage).effect]);
  const onDay = named && originals.find(({ publishedAt }) => formatDate(publishedAt) === formatDate(named));
  return onDay || originals.at(-1);
}
