import { and, eq, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { defineQuery, excluded, excludedOf, type Params } from '#db/query.ts';
import { sources } from '#db/schema/index.ts';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { ItemRejectedError } from '#src/publish/items/reasons.ts';

/** Adapter name of sources that are read by another portal, whose notices come through a mirror. */
export const MIRRORED_ADAPTER = 'mirrored';

/** A source of another portal. */
const sourceSchema = z.object({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/),
  name: z.string().min(1).max(100),
  county: z.enum(COUNTY_SLUGS),
  homepage: z.url({ protocol: /^https?$/ }).nullable(),
});
export type UpstreamSource = z.output<typeof sourceSchema>;

const listSchema = z.object({ items: z.array(z.unknown()) });

/** The sources that another portal lists; those that cannot be read are left out. */
export function parseSources(value: unknown): UpstreamSource[] {
  const list = listSchema.safeParse(value).data?.items ?? [];
  return list.flatMap((item) => sourceSchema.safeParse(item).data ?? []);
}

const { key, name, county, adapter, settings, homepage } = sources;
const ADOPT = defineQuery((db, p: Params<UpstreamSource & { settings: { mirror: string } }>) =>
  db
    .insert(sources)
    .values({
      ...{ key: p.key, name: p.name, county: p.county, homepage: p.homepage, settings: p.settings },
      ...{ adapter: MIRRORED_ADAPTER, schedule: '', minimumItems: 0 },
    })
    .onConflictDoUpdate({
      target: key,
      set: excludedOf({ name, county, homepage }),
      setWhere: and(eq(adapter, excluded(adapter)), eq(settings, excluded(settings))),
    }),
);
/** Whether a source is of the mirror whose settings these are, as text. */
export const isOfMirror = (given: SQL) => and(eq(adapter, MIRRORED_ADAPTER), eq(settings, given));
const FIND = defineQuery((db, p: Params<{ key: string }>) => db.select({ key }).from(sources).where(eq(key, p.key)));
const FIND_MIRRORED = defineQuery((db, p: Params<{ key: string; settings: string }>) =>
  db
    .select({ key })
    .from(sources)
    .where(and(eq(key, p.key), isOfMirror(p.settings))),
);
const MARK = defineQuery((db, p: Params<{ settings: string; now: string }>) =>
  db.update(sources).set({ lastAttemptAt: p.now, lastSuccessAt: p.now }).where(isOfMirror(p.settings)),
);

/** Takes a source of another portal over, or its new name. One of ours with the same key stays as it is. */
export function adoptSource(db: Db, source: UpstreamSource, mirror: string): void {
  ADOPT.run(db, { ...source, settings: { mirror } });
}

/** Is a source one of the mirror's, neither ours nor another mirror's? */
export function isMirrored(db: Db, key: string, mirror: string): boolean {
  return FIND_MIRRORED.first(db, { key, settings: toSettings(mirror) }) !== undefined;
}

/** Makes sure that the source of a notice or an entry is one of the mirror's. @throws ItemRejectedError when it is ours, or another mirror's */
export function assertMirrored(db: Db, key: string, county: County, mirror: string): void {
  // Its portal may have added it since it listed its sources.
  if (!FIND.first(db, { key })) adoptSource(db, { key, name: key, county, homepage: null }, mirror);
  if (isMirrored(db, key, mirror)) return;
  throw new ItemRejectedError([
    { code: 'foreign-source', message: `来源 ${key} 在本站不属于这个上游，不能由它写入`, field: 'sourceKey' },
  ]);
}

/** Notes that everything that the mirror's sources have is here. */
export function markMirrored(db: Db, mirror: string, now: string): void {
  MARK.run(db, { now, settings: toSettings(mirror) });
}

/** The settings of a mirror's sources, as they are stored. */
export const toSettings = (mirror: string) => JSON.stringify({ mirror });
