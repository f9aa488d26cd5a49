import { ARTICLE_PARAMETERS, guidesUrl } from '#src/domain/articles/urls.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { EXPOSURE_FILTERS } from '#src/domain/exposures/filter.ts';
import { FLAG_CODES } from '#src/domain/flags/registry.ts';
import { parameterNames } from '#src/domain/notices/filter-definition.ts';
import { NOTICE_FILTER_KEYS } from '#src/domain/notices/notice-filter.ts';
import { AWARD_FILTERS, ORGANIZATION_FILTERS } from '#src/domain/organizations/filter.ts';
import { SUBMISSION_KIND_KEYS, toKindSlug } from '#src/domain/participation/kinds.ts';
import { submissionFormUrl } from '#src/domain/participation/urls.ts';
import { KIOSK_TOPIC_KEYS } from '#src/domain/site/screens.ts';
import { apiGroupUrl, apiTypesUrl, countyCategoryUrl, countyUrl, listUrl } from '#src/domain/site/urls.ts';
import { stagesOf } from '#src/domain/stages.ts';
import { ROW_FILTERS, STATISTIC_FILTERS } from '#src/domain/statistics/filter.ts';
import { MEASURE_IDS } from '#src/domain/statistics/registry.ts';
import { measureUrl } from '#src/domain/statistics/urls.ts';
import { LOG_FILES } from '#src/domain/tlog/served.ts';
import { VERIFIABLE } from '#src/domain/tlog/subjects.ts';
import { WORK_LIST_KEYS } from '#src/domain/work/lists.ts';
import { TAG_SLUGS } from '../api/tags.ts';
import {
  ADDITION_FORM,
  FILE_FORM,
  FORM_WITH_FILES,
  LONG_FORM,
  NOTICE_FORM,
  ORDINARY,
  SMALL_FORM,
  WHOLE_FILE,
} from '../http/limits.ts';
import type { Method, PageRoute, RowOf } from '../http/route.ts';

const READS = ['GET', 'HEAD'] as const satisfies Method[];
const FORMS = [...READS, 'POST'] as const satisfies Method[];
const ALL = [...FORMS, 'PUT', 'PATCH', 'DELETE'] as const satisfies Method[];

/** What most rows share: read by people, by whom they are does not matter, and nothing to fill in. */
const FOR_PEOPLE = {
  methods: READS,
  parts: {},
  parameters: [],
  limits: ORDINARY,
  role: 'public',
  audience: 'people',
  shared: false,
  example: {},
} as const;
const FORM = { ...FOR_PEOPLE, methods: FORMS, limits: SMALL_FORM, cache: 'never', sitemap: null } as const;
const STAFF = { ...FORM, role: 'staff' } as const;
const BY_TOKEN = { ...FORM, parameters: ['token'] } as const;
/** Files for programs that crawl. */
const STEADY_FILE = { ...FOR_PEOPLE, cache: 'steady', sitemap: null } as const;
const OPEN_FILE = { ...FOR_PEOPLE, shared: true, sitemap: null } as const;

const signOnAnswer = ['code', 'state', 'iss', 'session_state', 'error', 'error_description'];
const auditFilters = ['action', 'by', 'county', 'subject', 'words', 'from', 'to'];

const category = { example: 'procurement' };
const county = { example: 'qufu' };
const apiGroup = { example: 'notices' };
const organizationFilters = parameterNames(ORGANIZATION_FILTERS);
const awardFilters = parameterNames(AWARD_FILTERS);
/** The board stands in the path. */
const exposureFilters = parameterNames(EXPOSURE_FILTERS).filter((name) => name !== 'board');

/** Gives each row its path, and holds it against what its path names. */
function toRoutes<const Path extends `/${string}`>(rows: { [P in Path]: RowOf<PageRoute, P> }): PageRoute[] {
  return Object.entries<RowOf<PageRoute, string>>(rows).map(([path, row]) => ({ ...row, path, by: 'page' }));
}

/** Every address that a file in `src/pages` answers, in the order of the sitemap. */
export const PAGE_ROUTES: readonly PageRoute[] = toRoutes({
  '/': { ...FOR_PEOPLE, page: 'index.astro', cache: 'page', sitemap: ['/'] },
  '/notices': {
    ...FOR_PEOPLE,
    page: 'notices/index.astro',
    parameters: NOTICE_FILTER_KEYS,
    cache: 'page',
    example: { county: 'qufu', from: '2020-01-01', min: '100000', sort: 'amount' },
    sitemap: ['/notices'],
  },
  '/search': {
    ...FOR_PEOPLE,
    page: 'search.astro',
    parameters: NOTICE_FILTER_KEYS,
    cache: 'search',
    example: { q: '监控', county: 'zoucheng' },
    sitemap: ['/search'],
  },
  '/guides': { ...FOR_PEOPLE, page: 'guides/index.astro', cache: 'page', sitemap: ['/guides'] },
  '/guides/{category}': {
    ...FOR_PEOPLE,
    page: 'guides/[category].astro',
    parts: { category },
    cache: 'page',
    sitemap: CATEGORY_SLUGS.map((slug) => guidesUrl(slug)),
  },
  '/policies': {
    ...FOR_PEOPLE,
    page: 'policies.astro',
    parameters: ARTICLE_PARAMETERS,
    cache: 'page',
    example: { q: '采购' },
    sitemap: ['/policies'],
  },
  '/articles': {
    ...FOR_PEOPLE,
    page: 'articles.astro',
    parameters: ARTICLE_PARAMETERS,
    cache: 'page',
    example: { section: 'policies', q: '采购' },
    sitemap: ['/articles'],
  },
  '/errata': { ...FOR_PEOPLE, page: 'errata.astro', cache: 'page', sitemap: ['/errata'] },
  '/help': { ...FOR_PEOPLE, page: 'help.astro', cache: 'page', sitemap: ['/help'] },
  '/rating': {
    ...FORM,
    page: 'rating.astro',
    parameters: ['done'],
    limits: { ...SMALL_FORM, countsNetworks: true },
    sitemap: ['/rating'],
  },
  '/companies': {
    ...FOR_PEOPLE,
    page: 'companies.astro',
    parameters: organizationFilters,
    cache: 'page',
    sitemap: ['/companies'],
  },
  '/statistics': {
    ...FOR_PEOPLE,
    page: 'statistics/index.astro',
    parameters: ['year'],
    cache: 'page',
    sitemap: ['/statistics'],
  },
  '/statistics/{measure}': {
    ...FOR_PEOPLE,
    page: 'statistics/[measure]/index.astro',
    parts: { measure: { values: MEASURE_IDS, example: 'savingRate' } },
    parameters: parameterNames(STATISTIC_FILTERS),
    cache: 'page',
    example: { year: '2020', county: 'qufu' },
    sitemap: MEASURE_IDS.map((measure) => measureUrl(measure)),
  },
  '/statistics/{measure}/compare': {
    ...FOR_PEOPLE,
    page: 'statistics/[measure]/compare.astro',
    parts: { measure: { values: MEASURE_IDS, example: 'savingRate' } },
    parameters: ['year', 'category'],
    cache: 'page',
    example: { year: '2020' },
    sitemap: null,
  },
  '/statistics/{measure}/rows': {
    ...FOR_PEOPLE,
    page: 'statistics/[measure]/rows.astro',
    parts: { measure: { values: MEASURE_IDS, example: 'savingRate' } },
    parameters: parameterNames(ROW_FILTERS),
    cache: 'page',
    example: { year: '2020' },
    sitemap: null,
  },
  '/counties': { ...FOR_PEOPLE, page: 'counties.astro', cache: 'page', sitemap: ['/counties'] },
  '/exposure': {
    ...FOR_PEOPLE,
    page: 'exposure/index.astro',
    parameters: exposureFilters,
    cache: 'dated',
    sitemap: ['/exposure'],
  },
  '/blacklist': {
    ...FOR_PEOPLE,
    page: 'blacklist.astro',
    parameters: exposureFilters,
    cache: 'dated',
    sitemap: ['/blacklist'],
  },
  '/exposure/overlaps': {
    ...FOR_PEOPLE,
    page: 'exposure/overlaps.astro',
    cache: 'dated',
    sitemap: ['/exposure/overlaps'],
  },
  '/disclosure': { ...FOR_PEOPLE, page: 'disclosure/index.astro', cache: 'page', sitemap: ['/disclosure'] },
  '/disclosure/guide': { ...FOR_PEOPLE, page: 'disclosure/guide.astro', cache: 'page', sitemap: ['/disclosure/guide'] },
  '/disclosure/catalogue': {
    ...FOR_PEOPLE,
    page: 'disclosure/catalogue.astro',
    cache: 'page',
    sitemap: ['/disclosure/catalogue'],
  },
  '/disclosure/rules': { ...FOR_PEOPLE, page: 'disclosure/rules.astro', cache: 'page', sitemap: ['/disclosure/rules'] },
  '/disclosure/organization': {
    ...FOR_PEOPLE,
    page: 'disclosure/organization.astro',
    cache: 'page',
    sitemap: ['/disclosure/organization'],
  },
  '/disclosure/tasks': { ...FOR_PEOPLE, page: 'disclosure/tasks.astro', cache: 'page', sitemap: ['/disclosure/tasks'] },
  '/disclosure/check': { ...FOR_PEOPLE, page: 'disclosure/check.astro', cache: 'page', sitemap: ['/disclosure/check'] },
  '/disclosure/reports': {
    ...FOR_PEOPLE,
    page: 'disclosure/reports/index.astro',
    cache: 'page',
    sitemap: ['/disclosure/reports'],
  },
  '/disclosure/reports/{year}.pdf': {
    ...STEADY_FILE,
    page: 'disclosure/reports/[year].pdf.ts',
    parts: { year: { example: '2020' } },
    parameters: ['form', 'version'],
  },
  '/disclosure/reports/{year}.docx': {
    ...STEADY_FILE,
    page: 'disclosure/reports/[year].docx.ts',
    parts: { year: { example: '2020' } },
    parameters: ['form', 'version'],
  },
  '/disclosure/reports/{year}': {
    ...FOR_PEOPLE,
    page: 'disclosure/reports/[year].astro',
    parts: { year: { example: '2020' } },
    parameters: ['form', 'version'],
    cache: 'page',
    sitemap: null,
  },
  '/flags': {
    ...FOR_PEOPLE,
    page: 'flags/index.astro',
    parameters: ['year', 'county', 'category'],
    cache: 'page',
    sitemap: ['/flags'],
  },
  '/flags/method': { ...FOR_PEOPLE, page: 'flags/method.astro', cache: 'page', sitemap: ['/flags/method'] },
  '/flags/{code}': {
    ...FOR_PEOPLE,
    page: 'flags/[code].astro',
    parts: { code: { values: FLAG_CODES, example: 'F13' } },
    parameters: ['year', 'county', 'category', 'after'],
    cache: 'page',
    // Not for search engines: a list of what was pointed at is no verdict.
    sitemap: null,
  },
  '/score': {
    ...FOR_PEOPLE,
    page: 'score/index.astro',
    parameters: ['month', 'year', 'county', 'category'],
    cache: 'page',
    sitemap: ['/score'],
  },
  '/score/missing': {
    ...FOR_PEOPLE,
    page: 'score/missing.astro',
    parameters: ['state', 'month', 'year', 'county', 'category', 'after'],
    cache: 'page',
    sitemap: ['/score/missing'],
  },
  '/score/missing.atom': {
    ...OPEN_FILE,
    page: 'score/missing.atom.ts',
    parameters: ['year', 'county', 'category'],
    cache: 'page',
    audience: 'programs',
  },
  '/disclosure/bulletins': {
    ...FOR_PEOPLE,
    page: 'disclosure/bulletins/index.astro',
    cache: 'page',
    sitemap: ['/disclosure/bulletins'],
  },
  '/disclosure/bulletins/{month}': {
    ...FOR_PEOPLE,
    page: 'disclosure/bulletins/[month]/index.astro',
    parts: { month: { example: '2026-05' } },
    parameters: ['county'],
    cache: 'page',
    sitemap: null,
  },
  '/disclosure/bulletins/{month}/{format}': {
    ...FOR_PEOPLE,
    page: 'disclosure/bulletins/[month]/[format].ts',
    parts: { month: { example: '2026-05' }, format: { values: ['docx', 'csv'], example: 'csv' } },
    parameters: ['county'],
    cache: 'page',
    sitemap: null,
  },
  '/open-data': { ...FOR_PEOPLE, page: 'open-data.astro', cache: 'page', sitemap: ['/open-data'] },
  '/developers': { ...FOR_PEOPLE, page: 'developers/index.astro', cache: 'page', sitemap: ['/developers'] },
  '/developers/{group}': {
    ...FOR_PEOPLE,
    page: 'developers/[group].astro',
    parts: { group: apiGroup },
    cache: 'page',
    sitemap: Object.values(TAG_SLUGS).map((slug) => apiGroupUrl(slug)),
  },
  '/developers/types': {
    ...FOR_PEOPLE,
    page: 'developers/types/index.astro',
    cache: 'page',
    sitemap: ['/developers/types'],
  },
  '/developers/types/{group}': {
    ...FOR_PEOPLE,
    page: 'developers/types/[group].astro',
    parts: { group: apiGroup },
    cache: 'page',
    sitemap: Object.values(TAG_SLUGS).map((slug) => apiTypesUrl(slug)),
  },
  '/developers/validate': {
    ...FOR_PEOPLE,
    page: 'developers/validate.astro',
    // Takes an item that somebody pastes.
    methods: ALL,
    limits: { ...ORDINARY, takesTurns: true },
    cache: 'never',
    sitemap: ['/developers/validate'],
  },
  '/verify': {
    ...FOR_PEOPLE,
    page: 'verify.astro',
    parameters: [...VERIFIABLE, 'code'],
    cache: 'asked',
    sitemap: ['/verify'],
  },
  '/witness/add-checkpoint': {
    ...FOR_PEOPLE,
    audience: 'programs',
    page: 'witness/add-checkpoint.ts',
    methods: ['POST'],
    limits: { ...SMALL_FORM, byToken: true },
    cache: 'never',
    sitemap: null,
  },
  '/witness/vkey': { ...FOR_PEOPLE, page: 'witness/vkey.ts', cache: 'asked', sitemap: null },
  '/visits': { ...FOR_PEOPLE, page: 'visits.astro', cache: 'board', sitemap: ['/visits'] },
  '/credit': { ...FOR_PEOPLE, page: 'credit.astro', cache: 'dated', sitemap: ['/credit'] },
  // What hangs in halls; nobody searches for it.
  '/board': { ...FOR_PEOPLE, page: 'board/index.astro', cache: 'board', sitemap: null },
  '/board/print': { ...FOR_PEOPLE, page: 'board/print.astro', cache: 'board', sitemap: null },
  '/kiosk': { ...FOR_PEOPLE, page: 'kiosk/index.astro', cache: 'page', sitemap: null },
  '/kiosk/{topic}': {
    ...FOR_PEOPLE,
    page: 'kiosk/[topic].astro',
    parts: { topic: { values: KIOSK_TOPIC_KEYS, example: 'process' } },
    parameters: ['category', 'page'],
    cache: 'dated',
    sitemap: null,
  },
  '/kiosk/notice/{id}': {
    ...FOR_PEOPLE,
    page: 'kiosk/notice/[id].astro',
    parts: { id: { of: 'notice', example: 'k3vq7mzt2f5a' } },
    cache: 'page',
    sitemap: null,
  },
  '/feeds': { ...FOR_PEOPLE, page: 'feeds/index.astro', cache: 'page', sitemap: ['/feeds'] },
  '/about': { ...FOR_PEOPLE, page: 'about.astro', cache: 'page', sitemap: ['/about'] },
  '/contact': { ...FOR_PEOPLE, page: 'contact.astro', cache: 'page', sitemap: ['/contact'] },
  '/privacy': { ...FOR_PEOPLE, page: 'privacy.astro', cache: 'page', sitemap: ['/privacy'] },
  '/accessibility': { ...FOR_PEOPLE, page: 'accessibility.astro', cache: 'page', sitemap: ['/accessibility'] },
  '/site-map': { ...FOR_PEOPLE, page: 'site-map.astro', cache: 'page', sitemap: ['/site-map'] },
  '/mappings': { ...FOR_PEOPLE, page: 'mappings.astro', cache: 'board', sitemap: ['/mappings'] },
  '/sync': { ...FOR_PEOPLE, page: 'sync/index.astro', cache: 'board', sitemap: ['/sync'] },
  '/notices/{category}': {
    ...FOR_PEOPLE,
    page: 'notices/[category]/index.astro',
    parts: { category },
    parameters: NOTICE_FILTER_KEYS,
    cache: 'page',
    sitemap: CATEGORY_SLUGS.map((slug) => listUrl({ category: slug })),
  },
  '/notices/{category}/{stage}': {
    ...FOR_PEOPLE,
    page: 'notices/[category]/[stage].astro',
    parts: { category, stage: { example: 'tenderNotice' } },
    parameters: NOTICE_FILTER_KEYS,
    cache: 'page',
    sitemap: CATEGORY_SLUGS.flatMap((slug) => stagesOf(slug).map((stage) => listUrl({ category: slug, stage }))),
  },
  '/county/{slug}': {
    ...FOR_PEOPLE,
    page: 'county/[slug]/index.astro',
    parts: { slug: county },
    cache: 'page',
    sitemap: COUNTY_SLUGS.map((slug) => countyUrl(slug)),
  },
  '/county/{slug}/{list}': {
    ...FOR_PEOPLE,
    page: 'county/[slug]/[list].astro',
    parts: { slug: county, list: category },
    parameters: NOTICE_FILTER_KEYS,
    cache: 'page',
    sitemap: COUNTY_SLUGS.flatMap((slug) => [
      countyUrl(slug, {}),
      ...CATEGORY_SLUGS.map((list) => countyCategoryUrl(slug, list)),
    ]),
  },
  '/notice/{id}': {
    ...FOR_PEOPLE,
    page: 'notice/[id].astro',
    parts: { id: { of: 'notice', example: 'k3vq7mzt2f5a' } },
    cache: 'page',
    sitemap: 'notices',
  },
  '/article/{id}': {
    ...FOR_PEOPLE,
    page: 'article/[id].astro',
    parts: { id: { of: 'article', example: 'k3vq7mzt2f5a' } },
    cache: 'page',
    sitemap: 'articles',
  },
  '/project/{id}': {
    ...FOR_PEOPLE,
    page: 'project/[id].astro',
    parts: { id: { of: 'project', example: 'p2xw6nha4c7e' } },
    cache: 'page',
    sitemap: 'projects',
  },
  '/company/{id}/credit': {
    ...FOR_PEOPLE,
    page: 'company/[id]/credit.astro',
    parts: { id: { of: 'organization', example: 'm4kx2pzd7h3b' } },
    cache: 'dated',
    sitemap: null,
  },
  '/company/{id}': {
    ...FOR_PEOPLE,
    page: 'company/[id].astro',
    parts: { id: { of: 'organization', example: 'q4wr7nzt2f5b' } },
    parameters: awardFilters,
    cache: 'page',
    sitemap: 'companies',
  },
  '/exposure/{id}': {
    ...FOR_PEOPLE,
    page: 'exposure/[id].astro',
    parts: { id: { of: 'exposure', example: 'm4xw6nha4c7e' } },
    cache: 'dated',
    sitemap: 'exposures',
  },
  '/sync/{key}': {
    ...FOR_PEOPLE,
    page: 'sync/[key].astro',
    parts: { key: { of: 'source', example: 'qufu-example' } },
    parameters: ['before'],
    cache: 'board',
    sitemap: null,
  },
  '/subscribe': {
    ...FORM,
    page: 'subscribe/index.astro',
    parameters: NOTICE_FILTER_KEYS,
    limits: { ...SMALL_FORM, writesToOthers: true },
    example: { q: '监控', county: 'qufu' },
  },
  '/subscribe/confirm': { ...BY_TOKEN, page: 'subscribe/confirm.astro' },
  '/subscribe/manage': { ...BY_TOKEN, page: 'subscribe/manage.astro' },
  '/subscribe/stop': { ...BY_TOKEN, page: 'subscribe/stop.ts', limits: { ...SMALL_FORM, byToken: true } },
  '/participate': {
    ...FOR_PEOPLE,
    page: 'participate/index.astro',
    parameters: ['need'],
    cache: 'page',
    example: { need: 'dispute' },
    sitemap: ['/participate'],
  },
  '/participate/status': { ...FORM, page: 'participate/status.astro', limits: ADDITION_FORM },
  '/participate/figures': {
    ...FOR_PEOPLE,
    page: 'participate/figures.astro',
    parameters: ['year'],
    cache: 'page',
    sitemap: ['/participate/figures'],
  },
  '/participate/requests': {
    ...FOR_PEOPLE,
    page: 'participate/requests.astro',
    cache: 'page',
    sitemap: ['/participate/requests'],
  },
  '/participate/letter': { ...FORM, page: 'participate/letter.ts', methods: ['POST'] },
  '/participate/file': { ...FORM, page: 'participate/file.ts', methods: ['POST'] },
  '/participate/answers': {
    ...FOR_PEOPLE,
    page: 'participate/answers/index.astro',
    parameters: ['q', 'county', 'page'],
    cache: 'page',
    sitemap: ['/participate/answers'],
  },
  '/participate/answers/{id}': {
    ...FOR_PEOPLE,
    page: 'participate/answers/[id].astro',
    parts: { id: { example: 'unknown' } },
    cache: 'page',
    sitemap: null,
  },
  '/participate/{kind}': {
    ...FORM,
    page: 'participate/[kind].astro',
    parts: { kind: { values: SUBMISSION_KIND_KEYS.map(toKindSlug), example: 'consultation' } },
    parameters: ['notice'],
    limits: FORM_WITH_FILES,
    sitemap: SUBMISSION_KIND_KEYS.map((kind) => submissionFormUrl(kind)),
  },
  // Must be gone at once when a notice is withdrawn: the files say themselves that caches have to ask.
  '/open-data/files/{name}': {
    ...OPEN_FILE,
    page: 'open-data/files/[name].ts',
    parts: { name: { example: 'SHA256SUMS' } },
    limits: WHOLE_FILE,
    cache: 'never',
  },
  // The worker writes these files: no change of the data tells of them.
  '/log/{file}': {
    ...OPEN_FILE,
    page: 'log/[file].ts',
    parts: { file: { values: LOG_FILES, example: 'checkpoint' } },
    cache: 'asked',
  },
  '/log/tile/{level}/{tile}': {
    ...OPEN_FILE,
    page: 'log/tile/[level]/[...tile].ts',
    parts: { level: { example: 'entries' }, tile: { example: '000' } },
    cache: 'immutable',
    audience: 'programs',
  },
  '/open-data/catalog.jsonld': { ...OPEN_FILE, page: 'open-data/catalog.jsonld.ts', cache: 'page' },
  '/api/v1/openapi.json': {
    ...STEADY_FILE,
    page: 'api/v1/openapi.json.ts',
    audience: 'programs',
    shared: true,
  },
  '/sitemap.xml': { ...STEADY_FILE, page: 'sitemap.xml.ts' },
  '/sitemap-exposures.xml': { ...STEADY_FILE, page: 'sitemap-[part].xml.ts', cache: 'dated' },
  '/sitemap-{part}.xml': { ...STEADY_FILE, page: 'sitemap-[part].xml.ts', parts: { part: { example: 'pages' } } },
  '/robots.txt': { ...STEADY_FILE, page: 'robots.txt.ts' },
  '/staff': { ...STAFF, page: 'staff/index.astro', methods: READS },
  '/staff/sign-in': { ...STAFF, page: 'staff/sign-in.astro', parameters: ['next'] },
  '/staff/sign-on': { ...STAFF, page: 'staff/sign-on/index.ts', methods: READS, parameters: ['next', 'again'] },
  '/staff/sign-on/callback': {
    ...STAFF,
    page: 'staff/sign-on/callback.astro',
    methods: READS,
    parameters: signOnAnswer,
  },
  '/staff/sign-on/finish': { ...STAFF, page: 'staff/sign-on/finish.astro', methods: READS, parameters: signOnAnswer },
  '/staff/sign-on/code': { ...STAFF, page: 'staff/sign-on/code.astro' },
  '/staff/sign-out': { ...STAFF, page: 'staff/sign-out.ts', methods: ['POST'] },
  '/staff/link': { ...STAFF, page: 'staff/link.astro', parameters: ['token'] },
  '/staff/own': { ...STAFF, page: 'staff/own.astro' },
  '/staff/accounts': { ...STAFF, page: 'staff/accounts/index.astro' },
  '/staff/accounts/{id}': { ...STAFF, page: 'staff/accounts/[id].astro', parts: { id: { example: 'unknown' } } },
  '/staff/participation': {
    ...STAFF,
    page: 'staff/participation/index.astro',
    methods: READS,
    parameters: ['view'],
  },
  '/staff/participation/answers': { ...STAFF, page: 'staff/participation/answers.astro' },
  '/staff/participation/ledger': { ...STAFF, page: 'staff/participation/ledger.astro', parameters: ['year'] },
  '/staff/participation/{id}': {
    ...STAFF,
    page: 'staff/participation/[id]/index.astro',
    limits: LONG_FORM,
    parts: { id: { example: 'unknown' } },
  },
  '/staff/participation/{id}/files/{file}': {
    ...STAFF,
    page: 'staff/participation/[id]/files/[file].ts',
    methods: READS,
    parts: { id: { example: 'unknown' }, file: { example: 'unknown' } },
  },
  '/staff/foi': { ...STAFF, page: 'staff/foi/index.astro', methods: READS, parameters: ['view'] },
  '/staff/foi/new': { ...STAFF, page: 'staff/foi/new.astro', limits: LONG_FORM },
  '/staff/foi/approvals': { ...STAFF, page: 'staff/foi/approvals.astro' },
  '/staff/foi/reviews': { ...STAFF, page: 'staff/foi/reviews.astro', parameters: ['year'] },
  '/staff/foi/topics': { ...STAFF, page: 'staff/foi/topics.astro' },
  '/staff/foi/letters/{id}': {
    ...STAFF,
    page: 'staff/foi/letters/[id]/index.astro',
    methods: READS,
    parts: { id: { example: 'unknown' } },
  },
  '/staff/foi/letters/{id}/{format}': {
    ...STAFF,
    page: 'staff/foi/letters/[id]/[format].ts',
    methods: READS,
    parts: { id: { example: 'unknown' }, format: { values: ['pdf', 'docx'], example: 'pdf' } },
  },
  '/staff/foi/{id}': {
    ...STAFF,
    page: 'staff/foi/[id].astro',
    parts: { id: { example: 'unknown' } },
    parameters: ['identity'],
    limits: ADDITION_FORM,
  },
  '/staff/holidays': { ...STAFF, page: 'staff/holidays.astro', limits: LONG_FORM },
  '/staff/audit': {
    ...STAFF,
    page: 'staff/audit.astro',
    methods: READS,
    parameters: [...auditFilters, 'before'],
  },
  '/staff/audit.{format}': {
    ...STAFF,
    page: 'staff/audit.[format].ts',
    methods: READS,
    parts: { format: { values: ['csv', 'jsonl'], example: 'csv' } },
    parameters: auditFilters,
    limits: WHOLE_FILE,
  },
  '/staff/help': { ...STAFF, page: 'staff/help.astro', methods: READS },
  '/staff/feeds': { ...STAFF, page: 'staff/feeds/index.astro', parameters: ['page'] },
  '/staff/articles': { ...STAFF, page: 'staff/articles/index.astro', parameters: ['kind', 'q', 'page'] },
  '/staff/articles/new': { ...STAFF, page: 'staff/articles/new.astro', parameters: ['kind', 'county'] },
  '/staff/drafts': {
    ...STAFF,
    page: 'staff/drafts/index.astro',
    methods: READS,
    parameters: ['view', 'state', 'county', 'category', 'q', 'overdue', 'page'],
  },
  '/staff/exposures': {
    ...STAFF,
    page: 'staff/exposures/index.astro',
    methods: READS,
    parameters: ['state', 'find'],
  },
  '/staff/exposures/new': { ...STAFF, page: 'staff/exposures/new.astro', limits: LONG_FORM },
  '/staff/exposures/{id}': {
    ...STAFF,
    page: 'staff/exposures/[id].astro',
    parts: { id: { example: 'unknown' } },
    limits: LONG_FORM,
  },
  '/staff/exposures/entry/{id}': {
    ...STAFF,
    page: 'staff/exposures/entry/[id].astro',
    parts: { id: { example: 'unknown' } },
  },
  '/staff/disclosure-tasks': { ...STAFF, page: 'staff/disclosure-tasks.astro' },
  '/staff/reports': { ...STAFF, page: 'staff/reports/index.astro', methods: READS },
  '/staff/reports/lint': { ...STAFF, page: 'staff/reports/lint.astro', limits: LONG_FORM },
  '/staff/reports/{id}.{format}': {
    ...STAFF,
    page: 'staff/reports/[id].[format].ts',
    parts: { id: { example: '2020-2020' }, format: { values: ['pdf', 'docx'], example: 'pdf' } },
    methods: READS,
  },
  '/staff/reports/{id}': {
    ...STAFF,
    page: 'staff/reports/[id].astro',
    parts: { id: { example: '2020-2020' } },
    limits: LONG_FORM,
  },
  '/staff/flags': {
    ...STAFF,
    page: 'staff/flags/index.astro',
    methods: READS,
    parameters: ['code', 'county', 'decided'],
  },
  '/staff/flags/item': { ...STAFF, page: 'staff/flags/item.astro', parameters: ['code', 'subject'] },
  '/staff/duties': { ...STAFF, page: 'staff/duties.astro', methods: READS, parameters: ['county'] },
  '/staff/exchange': {
    ...STAFF,
    page: 'staff/exchange.astro',
    parameters: ['direction', 'result', 'partner', 'number', 'before'],
    limits: FILE_FORM,
  },
  '/staff/exchange.jsonl': {
    ...STAFF,
    page: 'staff/exchange.jsonl.ts',
    methods: READS,
    parameters: ['county', 'partner'],
  },
  '/staff/drafts/{id}/files': {
    ...STAFF,
    page: 'staff/drafts/[id]/files/index.astro',
    parts: { id: { example: 'unknown' } },
  },
  '/staff/drafts/{id}/files/{sha256}': {
    ...STAFF,
    page: 'staff/drafts/[id]/files/[sha256].ts',
    methods: READS,
    parts: { id: { example: 'unknown' }, sha256: { example: '0'.repeat(64) } },
    limits: WHOLE_FILE,
  },
  // Must be gone at once when its notice is withdrawn: the files say themselves that caches have to ask.
  '/file/{sha256}': {
    ...OPEN_FILE,
    page: 'file/[sha256].ts',
    parts: { sha256: { example: '0'.repeat(64) } },
    limits: WHOLE_FILE,
    cache: 'never',
  },
  '/staff/drafts/new': {
    ...STAFF,
    page: 'staff/drafts/new.astro',
    parameters: ['county', 'category', 'stage', 'q', 'withdraw'],
  },
  '/staff/drafts/{id}': {
    ...STAFF,
    page: 'staff/drafts/[id]/index.astro',
    parts: { id: { example: 'unknown' } },
    parameters: ['original'],
  },
  '/staff/drafts/{id}/edit': {
    ...STAFF,
    page: 'staff/drafts/[id]/edit.astro',
    parts: { id: { example: 'unknown' } },
    parameters: ['copy', 'done'],
    limits: NOTICE_FORM,
  },
  '/staff/drafts/{id}/keep': {
    ...STAFF,
    page: 'staff/drafts/[id]/keep.ts',
    parts: { id: { example: 'unknown' } },
    methods: ['POST'],
    limits: NOTICE_FORM,
  },
  '/staff/drafts/{id}/preview': {
    ...STAFF,
    page: 'staff/drafts/[id]/preview.astro',
    parts: { id: { example: 'unknown' } },
    methods: READS,
  },
  '/staff/work': { ...STAFF, page: 'staff/work/index.astro', methods: READS },
  '/staff/work/{list}': {
    ...STAFF,
    page: 'staff/work/[list]/index.astro',
    methods: READS,
    parts: { list: { values: WORK_LIST_KEYS, example: 'rejected' } },
    parameters: ['county', 'after', 'find'],
  },
  '/staff/work/{list}/{id}': {
    ...STAFF,
    page: 'staff/work/[list]/[id].astro',
    parts: { list: { values: WORK_LIST_KEYS, example: 'rejected' }, id: { example: '1' } },
    parameters: ['find'],
  },
  '/staff/filters': { ...STAFF, page: 'staff/filters.ts', methods: ['POST'] },
  '/staff/sources': { ...STAFF, page: 'staff/sources/index.astro', methods: READS },
  '/staff/sources/new': { ...STAFF, page: 'staff/sources/new.astro' },
  '/staff/sources/{key}': {
    ...STAFF,
    page: 'staff/sources/[key].astro',
    parts: { key: { of: 'source', example: 'qufu-example' } },
  },
  '/staff/keys': { ...STAFF, page: 'staff/keys.astro' },
  '/404': { ...FOR_PEOPLE, page: '404.astro', methods: ALL, cache: 'never', sitemap: null },
  // The framework's error page fails when it is asked for directly.
  '/500': { ...FOR_PEOPLE, page: '500.astro', methods: ALL, cache: 'never', role: 'nobody', sitemap: null },
});
