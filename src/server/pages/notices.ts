import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { NoticeFilter, NoticeFilterKey } from '#src/domain/notices/notice-filter.ts';
import { listUrl, searchUrl } from '#src/domain/site/urls.ts';
import type { NoticePage } from '#src/domain/site/views.ts';
import { stagesOf } from '#src/domain/stages.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { hasBlankParameters, parseNoticeFilter } from '../notices/parse-filter.ts';
import { currentReader } from '../reads/current.ts';
import { readNotices } from '../reads/reader.ts';
import { type Asked, type Moved, moved, movedForGood } from './asked.ts';
import { listPartyNames, type PartyName } from './party-names.ts';

export interface NoticesPage {
  page: NoticePage;
  filter: NoticeFilter;
  /** What the path says, from the wider to the narrower. */
  fixed: NoticeFilterKey[];
  /** Full names that a filter by a party is a part of. */
  names: PartyName[];
  now: Instant;
}

type Path = Pick<NoticeFilter, 'category' | 'stage'>;

/**
 * The lists of notices: all, those of a category, those of a category's stage. One filter has one address: words belong to search,
 * a category and then its stage to the path, blank fields nowhere.
 * @throws NotFoundError for a path that is none; InputError for a query that is none
 */
export async function loadNotices({ params, url }: Asked): Promise<NoticesPage | Moved> {
  const path = readPath(params);
  const filter = parseNoticeFilter(url.searchParams, path);
  if (filter.q) return moved(searchUrl(filter));
  const narrower = path.category === undefined ? 'category' : 'stage';
  if (path[narrower] === undefined && filter[narrower]) return movedForGood(listUrl(filter));
  if (hasBlankParameters(url.searchParams)) return moved(listUrl(filter));
  const [page, names] = await Promise.all([readNotices(currentReader(), filter), listPartyNames(filter)]);
  return { page, filter, fixed: Object.keys(path) as (keyof Path)[], names, now: new Date().toISOString() };
}

function readPath(params: Asked['params']): Path {
  if (params.category === undefined) return {};
  const category = CATEGORY_SLUGS.find((slug) => slug === params.category);
  if (params.stage === undefined) {
    if (!category) throw new NotFoundError('没有这个交易类别');
    return { category };
  }
  const stage = category && stagesOf(category).find((slug) => slug === params.stage);
  if (!category || !stage) throw new NotFoundError('没有这个交易类别或环节');
  return { category, stage };
}
