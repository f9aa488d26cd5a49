import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { draftVersions } from '#db/schema/drafts.ts';
import type { DraftFacts } from '#src/domain/drafts/decide.ts';
import { contentFaults, needsOriginal } from '#src/domain/drafts/faults.ts';
import { countOpenFinds } from '../attachments/screening.ts';
import { findOriginal } from './originals.ts';
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
    faults: contentFaults(content).map(({ message }) => message),
    needsOriginal: needsOriginal(content),
    hasOriginal: findOriginal(db, county, content) !== undefined,
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
