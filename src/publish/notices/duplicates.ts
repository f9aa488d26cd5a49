import { and, asc, eq, getTableColumns, ne } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeAliases, notices } from '#db/schema/index.ts';
import { excludedOf, paramsOf } from '#db/sql-pieces.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { PreparedNotice } from '../prepare/prepare.ts';
import { keptApart } from './possible-duplicates.ts';

/** Pseudo source under which addresses of original pages are kept as aliases. */
export const ORIGIN = '@origin';

const CANDIDATE = {
  id: notices.id,
  sourceKey: notices.sourceKey,
  stage: notices.stage,
  projectCode: notices.projectCode,
  lotCode: notices.lotCode,
  sourceUrl: notices.sourceUrl,
  fingerprint: notices.fingerprint,
  deduplicationKey: notices.deduplicationKey,
};
type Candidate = RowOf<typeof CANDIDATE>;

const IS_PUBLIC = eq(notices.isPublic, 1).inlineParams();
const LIMIT = 50;
const BY_DEDUPLICATION_KEY = defineQuery((db, p: Params<{ id: string; deduplicationKey: string }>) =>
  db
    .select(CANDIDATE)
    .from(notices)
    .where(and(eq(notices.deduplicationKey, p.deduplicationKey), ne(notices.id, p.id), IS_PUBLIC))
    .orderBy(asc(notices.id))
    .limit(LIMIT),
);
const BY_PROJECT = defineQuery((db, p: Params<{ id: string; projectId: string; stage: Stage }>) =>
  db
    .select(CANDIDATE)
    .from(notices)
    .where(and(eq(notices.projectId, p.projectId), ne(notices.id, p.id), eq(notices.stage, p.stage), IS_PUBLIC))
    .orderBy(asc(notices.id))
    .limit(LIMIT),
);
const BY_ID = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select(CANDIDATE)
    .from(notices)
    .where(and(eq(notices.id, p.id), IS_PUBLIC)),
);
const BY_ORIGIN = defineQuery((db, p: Params<{ url: string }>) =>
  db
    .select({ noticeId: noticeAliases.noticeId })
    .from(noticeAliases)
    .where(and(eq(noticeAliases.sourceKey, ORIGIN), eq(noticeAliases.sourceItemId, p.url))),
);
const CLAIM = defineQuery((db, p: Params<{ canonicalId: string; sourceKey: string; id: string }>) =>
  db
    .select({ id: notices.id })
    .from(notices)
    .where(and(eq(notices.canonicalId, p.canonicalId), eq(notices.sourceKey, p.sourceKey), ne(notices.id, p.id))),
);
const ALIAS = getTableColumns(noticeAliases);
const SAVE_ALIAS = defineQuery((db, p: Params<RowOf<typeof ALIAS>>) =>
  db
    .insert(noticeAliases)
    .values(paramsOf(ALIAS, p))
    .onConflictDoUpdate({
      target: [ALIAS.sourceKey, ALIAS.sourceItemId],
      set: excludedOf({ noticeId: ALIAS.noticeId, url: ALIAS.url, seenAt: ALIAS.seenAt }),
    }),
);

/**
 * The notice that this one repeats, if any: the same origin page, the same text under the same title and day, or, at
 * another site, the same title, day, project and lot. Lots of one project stay apart: likeness alone never merges.
 */
export function findDuplicateOf(db: Db, notice: PreparedNotice, projectId: string): string | null {
  const { id, sourceKey, stage } = notice.content;
  const { projectCode, lotCode } = notice.reading;
  const apart = keptApart(db, id);
  const duplicates = BY_DEDUPLICATION_KEY.all(db, { id, deduplicationKey: notice.deduplicationKey }).filter(
    (one) => !apart.has(one.id),
  );
  const sameText = duplicates.find((one) => one.fingerprint === notice.fingerprint && isCompatible(one, notice));
  if (sameText) return sameText.id;
  const origin = findByOrigin(db, notice, projectId);
  const isElsewhere = origin?.stage === stage && origin.sourceKey !== sourceKey && !apart.has(origin.id);
  // Lots are published on one original page: only one of them can be its repeat.
  if (isElsewhere && !isClaimed(db, origin.id, sourceKey, id)) return origin.id;
  const sameCode = projectCode
    ? duplicates.filter(
        (one) => one.sourceKey !== sourceKey && one.projectCode === projectCode && one.lotCode === lotCode,
      )
    : [];
  const only = sameCode[0];
  // Several equal titles under one code are lots: which one is repeated cannot be told.
  return only && sameCode.length === 1 && !isClaimed(db, only.id, sourceKey, id) ? only.id : null;
}

function isCompatible(candidate: Candidate, { reading }: PreparedNotice): boolean {
  const agree = (a: string | null, b: string | null) => a === null || b === null || a === b;
  return agree(candidate.projectCode, reading.projectCode) && agree(candidate.lotCode, reading.lotCode);
}

function findByOrigin(db: Db, notice: PreparedNotice, projectId: string): Candidate | undefined {
  const { id, sourceUrl, stage } = notice.content;
  for (const url of [notice.originUrl, sourceUrl]) {
    if (!url || !isSpecific(url)) continue;
    const alias = BY_ORIGIN.first(db, { url });
    const found = alias && alias.noticeId !== id ? BY_ID.first(db, { id: alias.noticeId }) : undefined;
    if (found) return found;
  }
  if (!notice.originUrl || !isSpecific(notice.originUrl)) return undefined;
  const related = [
    ...BY_DEDUPLICATION_KEY.all(db, { id, deduplicationKey: notice.deduplicationKey }),
    ...BY_PROJECT.all(db, { id, projectId, stage }),
  ];
  return related.find((candidate) => candidate.sourceUrl === notice.originUrl);
}

/** True when another notice of the same source already repeats the candidate. */
function isClaimed(db: Db, canonicalId: string, sourceKey: string, id: string): boolean {
  return CLAIM.first(db, { canonicalId, sourceKey, id }) !== undefined;
}

/** False for a site's front page: an empty link resolves to it, and would make one notice of all. */
function isSpecific(url: string): boolean {
  const { pathname, search } = new URL(url);
  return pathname.length > 1 || search.length > 1;
}

/** Records under which other names the notice goes: further ids at its source, its canonical notice, its original page. */
export function saveAliases(db: Db, notice: PreparedNotice, canonicalId: string | null, now: string): void {
  const { id, sourceKey, sourceItemId, sourceUrl } = notice.content;
  const own = { url: sourceUrl, seenAt: now, sourceKey, noticeId: canonicalId ?? id };
  for (const alias of notice.aliases) SAVE_ALIAS.run(db, { ...own, sourceItemId: alias });
  if (canonicalId) SAVE_ALIAS.run(db, { ...own, sourceItemId });
  const { originUrl } = notice;
  if (originUrl && isSpecific(originUrl) && !canonicalId) {
    SAVE_ALIAS.run(db, { ...own, sourceKey: ORIGIN, sourceItemId: originUrl, url: originUrl });
  }
}
