import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { exposureChanges } from '#db/schema/index.ts';

const FORGET = defineQuery((db, p: Params<{ id: string }>) =>
  db.delete(exposureChanges).where(eq(exposureChanges.exposureId, p.id)),
);
const INSERT = defineQuery((db, p: Params<{ id: string; now: string }>) =>
  db.insert(exposureChanges).values({ exposureId: p.id, createdAt: p.now }),
);

/** Tells those who follow the changes that they have to take an entry again. The caller holds the transaction. */
export function announceExposure(db: Db, id: string, now: string): void {
  FORGET.run(db, { id });
  INSERT.run(db, { id, now });
}
