import type { Db } from '#db/client.ts';
import type { Category } from '#src/domain/categories.ts';
import type { Disposal } from '#src/domain/disposals/disposal.ts';
import { isDisposalCategory, toDisposal } from '#src/domain/disposals/to-disposal.ts';
import type { NoticeFilter } from '#src/domain/notice-filter.ts';
import { OCDS_CATEGORIES } from '#src/domain/ocds/to-release.ts';
import type { PublishedNotice } from '#src/domain/published-notice.ts';
import type { Instant } from '#src/domain/time.ts';
import { absoluteUrl, apiDisposalsUrl, apiReleasesUrl } from '#src/domain/urls.ts';
import type { Config } from '../config.ts';
import { InputError } from '../errors.ts';
import { readMatches } from '../feeds/list.ts';
import { listPublishedNotices } from '../notices/published.ts';
import { type ReleasePackage, toPackageMetadata, toSite } from './package.ts';
import { toReleases } from './releases.ts';

export interface DisposalPage {
  items: Disposal[];
  asOf: Instant;
  next: string | null;
}

interface Match {
  notices: PublishedNotice[];
  asOf: Instant;
  next: string | null;
}

/**
 * A page of releases of the notices under a filter. It may hold fewer than asked for: what OCDS does not model is left out.
 * @throws InputError for a category that is sold, and for a cursor that is not one of this list's.
 */
export async function listReleases(db: Db, config: Config, filter: NoticeFilter): Promise<ReleasePackage> {
  if (filter.category && !OCDS_CATEGORIES.has(filter.category)) refuseCategory(apiDisposalsUrl());
  const { notices, asOf, next } = await findNotices(db, filter, (category) => OCDS_CATEGORIES.has(category));
  const after = next ? absoluteUrl(config.SITE_URL, apiReleasesUrl({ ...filter, cursor: next })) : undefined;
  return {
    ...toPackageMetadata(config, apiReleasesUrl(filter), asOf),
    releases: toReleases(db, notices, toSite(config)),
    links: after ? { next: after } : undefined,
  };
}

/** A page of disposals under a filter, as `listReleases`. @throws InputError for a category that is bought. */
export async function listDisposals(db: Db, config: Config, filter: NoticeFilter): Promise<DisposalPage> {
  if (filter.category && !isDisposalCategory(filter.category)) refuseCategory(apiReleasesUrl());
  const { notices, asOf, next } = await findNotices(db, filter, isDisposalCategory);
  return { items: notices.map((notice) => toDisposal(notice, config.SITE_URL)), asOf, next };
}

function refuseCategory(other: string): never {
  throw new InputError([{ name: 'category', message: `这个类别见 ${other}` }]);
}

/** The next page that holds something of the wanted categories, or the last one. */
async function findNotices(db: Db, filter: NoticeFilter, isWanted: (category: Category) => boolean): Promise<Match> {
  let { cursor } = filter;
  for (;;) {
    const { items, asOf, next } = await readMatches(db, { ...filter, cursor });
    const ids = items.filter(({ category }) => isWanted(category)).map(({ id }) => id);
    if (ids.length > 0 || next === null) return { notices: listPublishedNotices(db, ids), asOf, next };
    cursor = next;
  }
}
