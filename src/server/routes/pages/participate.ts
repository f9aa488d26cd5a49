import { NOTICE_FILTER_KEYS } from '#src/domain/notices/notice-filter.ts';
import { SUBMISSION_KIND_KEYS, toKindSlug } from '#src/domain/participation/kinds.ts';
import { submissionFormUrl } from '#src/domain/participation/urls.ts';
import { ADDITION_FORM, FORM_WITH_FILES, SMALL_FORM } from '../../http/limits.ts';
import { FOR_PEOPLE, FORM, toRoutes } from './rows.ts';

const BY_TOKEN = { ...FORM, parameters: ['token'] } as const;

/** Where people ask, report, request and subscribe. */
export const PARTICIPATION_PAGES = toRoutes({
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
});
