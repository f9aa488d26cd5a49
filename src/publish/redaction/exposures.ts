import { and, asc, count, eq, lt } from 'drizzle-orm';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { exposureContents } from '#db/schema/index.ts';
import type { ExposureContent } from '#src/domain/exposures/content.ts';
import { seal } from '../exposures/prepare.ts';
import { tellExposure } from '../exposures/rows.ts';
import { saltContent } from '../salted.ts';
import { SANITIZER_VERSION } from '../sanitize/sanitize.ts';
import { cleanExposure } from './clean.ts';
import { type RedactedSubject, recordMasking } from './record.ts';

interface Key {
  id: string;
  version: number;
}

const isVersion = (p: Params<Key>) =>
  and(eq(exposureContents.exposureId, p.id), eq(exposureContents.version, p.version));

const COUNT_STALE = defineQuery((db, p: Params<{ sanitizerVersion: number }>) =>
  db.select({ total: count() }).from(exposureContents).where(lt(exposureContents.sanitizerVersion, p.sanitizerVersion)),
);
const LIST_STALE = defineQuery((db, p: Params<{ sanitizerVersion: number; limit: number }>) =>
  db
    .select({ id: exposureContents.exposureId, version: exposureContents.version, content: exposureContents.content })
    .from(exposureContents)
    .where(lt(exposureContents.sanitizerVersion, p.sanitizerVersion))
    .orderBy(asc(exposureContents.sanitizerVersion), asc(exposureContents.exposureId), asc(exposureContents.version))
    .limit(p.limit),
);
const FIND_STALE = defineQuery((db, p: Params<Key & { sanitizerVersion: number }>) =>
  db
    .select({ version: exposureContents.version })
    .from(exposureContents)
    .where(and(isVersion(p), lt(exposureContents.sanitizerVersion, p.sanitizerVersion))),
);
const RAISE = defineQuery((db, p: Params<Key & { sanitizerVersion: number }>) =>
  db.update(exposureContents).set({ sanitizerVersion: p.sanitizerVersion }).where(isVersion(p)),
);
const REPLACE = defineQuery(
  (db, p: Params<Key & { sanitizerVersion: number; content: string; hash: string; salt: string }>) =>
    db
      .update(exposureContents)
      .set({ content: p.content, hash: p.hash, salt: p.salt, sanitizerVersion: p.sanitizerVersion })
      .where(isVersion(p)),
);

/** Versions of entries of the exposure board and the blacklist. */
export const REDACTED_EXPOSURES: RedactedSubject = {
  total: (db) => COUNT_STALE.first(db, { sanitizerVersion: SANITIZER_VERSION })?.total ?? 0,
  clean(db, limit) {
    const rows = LIST_STALE.all(db, { sanitizerVersion: SANITIZER_VERSION, limit });
    return rows.map(({ id, version, content: stored }) => {
      const { content, masked } = cleanExposure(JSON.parse(stored) as ExposureContent);
      const { json, hash } = seal(content);
      const sanitizerVersion = SANITIZER_VERSION;
      return (context) => {
        // Another process may have been here meanwhile.
        if (!FIND_STALE.first(db, { id, version, sanitizerVersion })) return undefined;
        if (json === stored) {
          RAISE.run(db, { id, version, sanitizerVersion });
          return undefined;
        }
        // Whoever follows the changes takes the entry again.
        tellExposure(db, id, 'upsert', context);
        const { salt, seal: sealed } = saltContent(json);
        const masking = {
          subject: 'exposure',
          id,
          version,
          sanitizerVersion,
          hash,
          seal: sealed,
          masked,
          change: 0,
        } as const;
        recordMasking(db, masking, context);
        REPLACE.run(db, { id, version, sanitizerVersion, content: json, hash, salt });
        return { masked };
      };
    });
  },
};
