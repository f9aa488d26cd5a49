import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { draftVersions } from '#db/schema/drafts.ts';
import { isArticle } from '#src/domain/drafts/any-content.ts';
import type { DraftFacts } from '#src/domain/drafts/decide.ts';
import { contentFaults, needsOriginal } from '#src/domain/drafts/faults.ts';
import { mediaFaults } from '#src/publish/articles/media.ts';
import { countOpenFinds } from '../attachments/screening.ts';
import { hasOriginal } from './originals.ts';
import { contentOf, type DraftRow } from './store.ts';

/** Everything that a decision about a draft looks at. */
export function factsOf(db: Db, row: DraftRow): DraftFacts {
  const content = contentOf(row);
  const { state, county, hash, firstHash, finalHash, scheduledAt } = row;
  return {
    ...{ state, county, hash, firstHash, finalHash, scheduledAt },
    firstReviewer: row.firstReviewerId,
    finalReviewer: row.finalReviewerId,
    authors: authorsOf(db, row),
    faults: [
      ...contentFaults(content).map(({ message }) => message),
      ...(isArticle(content) ? mediaFaults(db, content) : []),
    ],
    needsOriginal: isArticle(content) ? content.action === 'withdraw' : needsOriginal(content),
    hasOriginal: hasOriginal(db, county, content),
    openFinds: countOpenFinds(db, row),
  };
}

/** Whoever wrote any version of a draft. */
function authorsOf(db: Db, { id, authorId }: DraftRow): string[] {
  const rows = db
    .selectDistinct({ authorId: draftVersions.authorId })
    .from(draftVersions)
    .where(eq(draftVersions.draftId, id))
    .all();
  return [...new Set([authorId, ...rows.map((row) => row.authorId)])];
}
