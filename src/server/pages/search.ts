import { type ArticleQuery, articlesUrl } from '#src/domain/articles/urls.ts';
import type { ArticleSummary } from '#src/domain/articles/views.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { OrganizationSummary } from '#src/domain/organizations/views.ts';
import { formatQuery, limitQuery } from '#src/domain/search/limits.ts';
import { parseQuery } from '#src/domain/search/query.ts';
import { searchUrl } from '#src/domain/site/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listArticles } from '../articles/list.ts';
import { webDb } from '../db.ts';
import { hasBlankParameters, parseNoticeFilter } from '../notices/parse-filter.ts';
import { currentReader } from '../reads/current.ts';
import { read, readSearch } from '../reads/reader.ts';
import type { SearchPage as Results } from '../search/types.ts';
import { type Asked, type Moved, moved } from './asked.ts';
import { listPartyNames, type PartyName } from './party-names.ts';

export interface SearchPage {
  /** As it was typed. */
  asked: NoticeFilter;
  /** What was looked for: links to files, feeds and further pages are for this. */
  filter: NoticeFilter;
  /** Words beyond the limit, which were not looked for. */
  omitted: ReturnType<typeof limitQuery>['omitted'];
  results: Results;
  related: Related;
  now: Instant;
}

/** What else than notices the words name. */
export interface Related {
  /** The words that organizations were looked up by; null where none were. */
  name: string | null;
  /** Organizations called so, those with the most notices first, and how many there are. */
  companies: OrganizationSummary[];
  total: number;
  /** The one project that a code stands for. */
  projectId: string | null;
  /** Full names that a filter by a party is a part of. */
  names: PartyName[];
  /** Guides, laws, interpretations, answers in which the words stand: the first of them, how many there are, and where all are. */
  articles: { items: ArticleSummary[]; total: number; url: string };
}

/** More organizations than this are a kind of firms, and no firm that somebody means. */
const MOST_COMPANIES = 3;
/** Articles that stand above the notices. */
const MOST_ARTICLES = 3;
const HAN_NAME = /^\p{Script=Han}[\p{Script=Han}（）()·]{1,39}$/u;

/** The page of search results. @throws InputError for a query that is none; UnavailableError when there is too much to do */
export async function loadSearch({ url }: Asked): Promise<SearchPage | Moved> {
  const asked = parseNoticeFilter(url.searchParams);
  if (hasBlankParameters(url.searchParams)) return moved(searchUrl(asked));
  const { query, omitted } = limitQuery(parseQuery(asked.q ?? ''));
  const filter = omitted.length > 0 ? { ...asked, q: formatQuery(query) } : asked;
  const results = await readSearch(currentReader(), filter);
  const related = await readRelated(filter, results);
  return { asked, filter, omitted, results, related, now: new Date().toISOString() };
}

/** On the first page: the organizations and the project that the words name, and names for filters that are parts of them. */
async function readRelated(filter: NoticeFilter, results: Results): Promise<Related> {
  const { terms } = parseQuery(results.plan?.corrected?.to ?? filter.q ?? '');
  const party = results.plan?.conditions.find(({ kind }) => kind === 'party')?.typed;
  const name = party ?? (terms.length === 1 ? terms[0]?.text : undefined);
  const isNamed = !filter.cursor && name !== undefined && HAN_NAME.test(name);
  const found = isNamed
    ? await read(currentReader(), 'listOrganizations', { q: name, limit: MOST_COMPANIES })
    : { items: [], total: 0 };
  const projects = new Set(results.items.map(({ projectId }) => projectId));
  const [only] = projects;
  return {
    name: isNamed ? name : null,
    companies: found.total <= MOST_COMPANIES || found.items[0]?.name === name ? found.items : [],
    total: found.total,
    projectId: results.plan?.scope === 'code' && projects.size === 1 ? (only ?? null) : null,
    names: await listPartyNames(filter),
    articles: findArticles(
      filter,
      terms.map(({ text }) => text),
    ),
  };
}

/** Articles with the words, of the category that is asked for; none where the filter asks for what only notices have, and on later pages. */
function findArticles(
  { q: _q, scope: _scope, sort: _sort, category, ...others }: NoticeFilter,
  words: readonly string[],
): Related['articles'] {
  const query: ArticleQuery = { q: words.join(' ').slice(0, 100), category };
  const isOfNotices = Object.values(others).some((value) => value !== undefined);
  if (query.q === '' || isOfNotices) return { items: [], total: 0, url: articlesUrl() };
  return { ...listArticles(webDb(), query, MOST_ARTICLES), url: articlesUrl(query) };
}
