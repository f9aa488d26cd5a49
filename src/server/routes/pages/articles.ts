import { ARTICLE_PARAMETERS, guidesUrl } from '#src/domain/articles/urls.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { SMALL_FORM } from '../../http/limits.ts';
import { category, FOR_PEOPLE, FORM, STEADY_FILE, toRoutes } from './rows.ts';

/** What the centre writes besides notices, and what it has to disclose. */
export const ARTICLE_PAGES = toRoutes({
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
  '/rating': {
    ...FORM,
    page: 'rating.astro',
    parameters: ['done'],
    limits: { ...SMALL_FORM, countsNetworks: true },
    sitemap: ['/rating'],
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
  '/article/{id}': {
    ...FOR_PEOPLE,
    page: 'article/[id].astro',
    parts: { id: { of: 'article', example: 'k3vq7mzt2f5a' } },
    cache: 'page',
    sitemap: 'articles',
  },
});
