import type { Db } from '#db/client.ts';
import { type Category, isDisposal } from '#src/domain/categories.ts';
import type { Disposal } from '#src/domain/disposals/disposal.ts';
import { toDisposal } from '#src/domain/disposals/to-disposal.ts';
import { InputError, NotFoundError } from '#src/domain/errors.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { OCDS_CATEGORIES } from '#src/domain/ocds/to-release.ts';
import { absoluteUrl, apiDisposalsUrl, apiReleasesUrl } from '#src/domain/site/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { Config } from '../config.ts';
import { listPublishedNotices } from '../notices/published.ts';
import { readMatches } from '../search/matches.ts';
import { getAsOf } from '../sources/as-of.ts';
import { latestChange, PAGINATION_EXTENSION, type ReleasePackage, toPackageMetadata, toSite } from './package.ts';
import { toReleases } from './releases.ts';

export interface DisposalPage {
  items: Disposal[];
  asOf: Instant;
  next: string | null;
}

/** Those notices of one page of matches that are of the wanted categories. */
interface WantedPage {
  /** Never empty. */
  ids: string[];
  /** Where the page begins; undefined at the beginning of the list. */
  cursor: string | undefined;
  asOf: Instant;
  next: string | null;
}

/**
 * A page of releases of the notices under a filter. It may hold fewer than asked for: what OCDS does not model is left
 * out. A package holds at least one release (OCDS 1.1.5, `minItems`), so no page leads to one without.
 * @throws InputError for a category that is sold, and for a cursor that is not one of this list's.
 * @throws NotFoundError when nothing matches.
 */
export async function listReleases(db: Db, config: Config, filter: NoticeFilter): Promise<ReleasePackage> {
  if (filter.category && !OCDS_CATEGORIES.has(filter.category)) refuseCategory(apiDisposalsUrl());
  const page = await findPage(db, filter, isBought);
  const notices = listPublishedNotices(db, page?.ids ?? []);
  if (!page || notices.length === 0) throw new NotFoundError('没有符合条件的采购公告');
  const cursor = page.next && (await findPage(db, { ...filter, cursor: page.next }, isBought))?.cursor;
  const metadata = toPackageMetadata(config, apiReleasesUrl(filter), latestChange(notices));
  return {
    ...metadata,
    extensions: [...metadata.extensions, PAGINATION_EXTENSION],
    releases: toReleases(db, notices, toSite(config)),
    links: cursor ? { next: absoluteUrl(config.SITE_URL, apiReleasesUrl({ ...filter, cursor })) } : undefined,
  };
}

/** A page of disposals under a filter, as `listReleases`. @throws InputError for a category that is bought. */
export async function listDisposals(db: Db, config: Config, filter: NoticeFilter): Promise<DisposalPage> {
  if (filter.category && !isDisposal(filter.category)) refuseCategory(apiReleasesUrl());
  const page = await findPage(db, filter, isDisposal);
  const items = listPublishedNotices(db, page?.ids ?? []).map((notice) => toDisposal(notice, config.SITE_URL));
  return { items, asOf: page?.asOf ?? getAsOf(db), next: page?.next ?? null };
}

function refuseCategory(other: string): never {
  throw new InputError([{ name: 'category', message: `这个类别见 ${other}` }]);
}

const isBought = (category: Category): boolean => OCDS_CATEGORIES.has(category);

/** The first page from a filter's cursor on that holds something of the wanted categories; undefined when none does. */
async function findPage(
  db: Db,
  filter: NoticeFilter,
  isWanted: (category: Category) => boolean,
): Promise<WantedPage | undefined> {
  for (let { cursor } = filter; ; ) {
    const { items, asOf, next, facets } = await readMatches(db, { ...filter, cursor });
    const ids = items.filter(({ category }) => isWanted(category)).map(({ id }) => id);
    if (ids.length > 0) return { ids, cursor, asOf, next };
    const isAnyWanted = filter.category || Object.keys(facets.category).some((key) => isWanted(key as Category));
    if (next === null || !isAnyWanted) return undefined;
    cursor = next;
  }
}
