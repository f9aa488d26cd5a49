import { z } from 'zod';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { fieldText, isObject, readRows, requireObject } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { type JsonObject, parseJsonBytes } from '#src/formats/json.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import type { FeedAdapter, FeedPage, FeedRequest, ParseContext } from '../types.ts';
import { toDraft } from './ocds/draft.ts';
import { type Release, releaseSchema } from './ocds/release.ts';

const settingsSchema = z.strictObject({
  /** Addresses of release packages or record packages. */
  packages: z.array(z.url({ protocol: /^https?$/ })).min(1),
  /** `mainProcurementCategory` → category; `none` stands for releases that do not give it. */
  categories: z
    .record(z.string(), z.enum(CATEGORY_SLUGS))
    .default({ works: 'construction', goods: 'procurement', services: 'procurement' }),
});
type Settings = z.infer<typeof settingsSchema>;

/** Open Contracting Data Standard 1.1: release packages, and the releases of record packages (docs/feeds.md#ocds). */
export const ocds: FeedAdapter<Settings> = {
  key: 'ocds',
  name: 'OCDS 1.1（发布包、记录包）',
  caveats: ['每次发布（release）是一条公告', '只有汇总而没有逐次发布的记录不读取', '联系人、电话和地址一律不读取'],
  settings: settingsSchema,
  lists: ({ packages }) => packages.map((url) => ({ url, headers: { accept: 'application/json' }, expect: 'json' })),
  parseList,
};

function parseList(bytes: Uint8Array, { settings, request }: ParseContext<Settings>): FeedPage {
  const whole = requireObject(parseJsonBytes(bytes), '根');
  assertPackage(whole);
  const releases = Array.isArray(whole.releases) ? whole.releases : releasesOf(whole.records as unknown[]);
  const page = readRows(releases, (entry) => toDraft(readRelease(entry), settings.categories), describe);
  return { ...page, next: nextPackage(whole, request) };
}

/** @throws FeedFormatError for anything but a release package or a record package of OCDS 1.x */
function assertPackage(whole: JsonObject): void {
  const { version, uri, releases, records } = whole;
  // Version 1.0 had no field for it.
  const isVersioned = version === undefined ? Boolean(uri) : /^1(?:\.\d|$)/.test(fieldText(version));
  if (isVersioned && (Array.isArray(releases) || Array.isArray(records))) return;
  throw new FeedFormatError('返回的不是 OCDS 1.x 发布包或记录包', JSON.stringify(whole));
}

/** The releases of every record; a record without any stands for itself, and is then a fault. */
function releasesOf(records: readonly unknown[]): unknown[] {
  return records.flatMap((record) => {
    const releases = isObject(record) && Array.isArray(record.releases) ? record.releases : [];
    return releases.length > 0 ? releases : [record];
  });
}

/** @throws FeedFormatError for compiled records, for mere links to releases, and for what lacks its ids, time or tag */
function readRelease(entry: unknown): Release {
  const given = requireObject(entry, 'releases');
  if ('compiledRelease' in given || 'versionedRelease' in given) throw new FeedFormatError('记录没有逐次发布的内容');
  const tags = Array.isArray(given.tag) ? given.tag : [given.tag];
  if (tags.includes('compiled')) throw new FeedFormatError('汇总发布不是一条公告');
  if (given.url !== undefined && given.id === undefined) throw new FeedFormatError('记录只有发布的链接，没有内容');
  const release = releaseSchema.safeParse({ ...given, tag: tags });
  if (release.success) return release.data;
  throw new FeedFormatError(`条目缺少或写错“${String(release.error.issues[0]?.path[0] ?? '')}”`);
}

function describe(entry: unknown): { sourceItemId?: string; raw: string } {
  const id = isObject(entry) && typeof entry.id === 'string' ? entry.id : undefined;
  return {
    raw: JSON.stringify(entry) ?? '',
    ...(id ? { sourceItemId: `${(entry as JsonObject).ocid ?? ''}/${id}` } : {}),
  };
}

/** The next package (`links.next`), at the same site only. */
function nextPackage({ links }: JsonObject, request: FeedRequest): FeedRequest | undefined {
  const href = isObject(links) && typeof links.next === 'string' ? links.next : '';
  const url = toAbsoluteUrl(href, request.url);
  return url && new URL(url).origin === new URL(request.url).origin ? { ...request, url } : undefined;
}
