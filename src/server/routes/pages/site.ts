import { NOTICE_FILTER_KEYS } from '#src/domain/notices/notice-filter.ts';
import { KIOSK_TOPIC_KEYS } from '#src/domain/site/screens.ts';
import { ALL, FOR_PEOPLE, toRoutes } from './rows.ts';

/** What stands outside every section: the entrance, what the site says of itself, screens, and what is not there. */
export const SITE_PAGES = toRoutes({
  '/': { ...FOR_PEOPLE, page: 'index.astro', cache: 'page', sitemap: ['/'] },
  '/search': {
    ...FOR_PEOPLE,
    page: 'search.astro',
    parameters: NOTICE_FILTER_KEYS,
    cache: 'search',
    example: { q: '监控', county: 'zoucheng' },
    sitemap: ['/search'],
  },
  '/help': { ...FOR_PEOPLE, page: 'help.astro', cache: 'page', sitemap: ['/help'] },
  '/visits': { ...FOR_PEOPLE, page: 'visits.astro', cache: 'board', sitemap: ['/visits'] },
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
  '/404': { ...FOR_PEOPLE, page: '404.astro', methods: ALL, cache: 'never', sitemap: null },
  // The framework's error page fails when it is asked for directly.
  '/500': { ...FOR_PEOPLE, page: '500.astro', methods: ALL, cache: 'never', role: 'nobody', sitemap: null },
});
