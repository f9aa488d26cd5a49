import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { ItemRejectedError } from '#src/publish/items/reasons.ts';
import { findRow, listRows, run } from '#src/publish/statements.ts';

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

const ADOPT = `
  INSERT INTO sources (key, name, county, adapter, settings, schedule, minimum_items, homepage)
  VALUES (@key, @name, @county, '${MIRRORED_ADAPTER}', @settings, '', 0, @homepage)
  ON CONFLICT (key) DO UPDATE SET name = excluded.name, county = excluded.county, homepage = excluded.homepage
  WHERE adapter = excluded.adapter AND settings = excluded.settings`;

/** Takes a source of another portal over, or its new name. One of ours with the same key stays as it is. */
export function adoptSource(db: Db, source: UpstreamSource, mirror: string): void {
  run(db, ADOPT, { ...source, settings: toSettings(mirror) });
}

/** Is a source one of the mirror's, neither ours nor another mirror's? */
export function isMirrored(db: Db, key: string, mirror: string): boolean {
  const sql = `SELECT 1 FROM sources WHERE key = ? AND adapter = '${MIRRORED_ADAPTER}' AND settings = ?`;
  return findRow(db, sql, key, toSettings(mirror)) !== undefined;
}

/** Ids of the rows of a query (`id`, `source_key`; a fixed text) that are of the mirror's sources. */
export function listMirroredIds(db: Db, rows: string, mirror: string): string[] {
  const sql = `SELECT r.id FROM (${rows}) r JOIN sources s ON s.key = r.source_key
    WHERE s.adapter = '${MIRRORED_ADAPTER}' AND s.settings = ?`;
  return listRows<{ id: string }>(db, sql, toSettings(mirror)).map(({ id }) => id);
}

/** Makes sure that the source of a notice or an entry is one of the mirror's. @throws ItemRejectedError when it is ours, or another mirror's */
export function assertMirrored(db: Db, key: string, county: County, mirror: string): void {
  // Its portal may have added it since it listed its sources.
  if (!findRow(db, 'SELECT 1 FROM sources WHERE key = ?', key))
    adoptSource(db, { key, name: key, county, homepage: null }, mirror);
  if (isMirrored(db, key, mirror)) return;
  throw new ItemRejectedError([
    { code: 'foreign-source', message: `来源 ${key} 在本站不属于这个上游，不能由它写入`, field: 'sourceKey' },
  ]);
}

const SEEN = `UPDATE sources SET last_attempt_at = @now, last_success_at = @now WHERE adapter = '${MIRRORED_ADAPTER}' AND settings = @settings`;

/** Notes that everything that the mirror's sources have is here. */
export function markMirrored(db: Db, mirror: string, now: string): void {
  run(db, SEEN, { now, settings: toSettings(mirror) });
}

const toSettings = (mirror: string) => JSON.stringify({ mirror });
