import type { APIRequestContext } from '@playwright/test';
import { findRoute } from '#src/server/routes/match.ts';
import { PAGE_ROUTES } from '#src/server/routes/pages/index.ts';

/** A page to look at: its address, and the type it stands for (the address with names in place of values). */
export interface SamplePage {
  type: string;
  address: string;
}

/** Pages that no sitemap lists: narrowed lists, searches, what went wrong. */
const UNLISTED: readonly SamplePage[] = [
  { type: 'filtered list', address: '/notices/procurement?county=qufu&from=2020-01-01&min=100000&sort=amount' },
  { type: 'list with nothing left', address: '/notices?from=1999-01-01&to=1999-12-31' },
  { type: 'search with hits', address: '/search?q=%E7%9B%91%E6%8E%A7&county=zoucheng' },
  // Words that are read as a filter: 泗水 桥梁.
  { type: 'search with words as filters', address: '/search?q=%E6%B3%97%E6%B0%B4+%E6%A1%A5%E6%A2%81' },
  { type: 'search without hits', address: '/search?q=%E8%9D%BE%E8%9E%88&county=zoucheng&category=land' },
  { type: 'indicator', address: '/flags/F13' },
  { type: '/disclosure/bulletins/:month', address: '/disclosure/bulletins/2026-05' },
  { type: 'subscribe', address: '/subscribe?q=%E7%9B%91%E6%8E%A7&county=qufu' },
  { type: 'refused items', address: '/sync/demo-jining' },
  { type: 'state of a submission', address: '/participate/status' },
  { type: 'question and answer', address: '/participate/answers/answer-demo-2' },
  { type: 'comparison of counties', address: '/statistics/landUnitPrice/compare?year=2020' },
  { type: 'rows of a figure', address: '/statistics/savingRate/rows?year=2020' },
  { type: '/disclosure/reports/:year', address: '/disclosure/reports/2020' },
  { type: 'error 400', address: '/notices?categry=land' },
  { type: 'error 404', address: '/notice/aaaaaaaaaaaa' },
];
/** Stages whose notices have tables of their own. */
const TABLED = ['correctionNotice', 'candidateNotice', 'landOffering'];
/** How many pages stand for a type; more where pages of a type differ more. */
const SAMPLES: Record<string, number> = {
  '/notices/:category': 3,
  '/notice/:id': 3,
  '/project/:id': 2,
  '/company/:id': 2,
  '/exposure/:id': 2,
};

/** What hangs in halls has no menu: `screens.spec.ts` looks at it. */
const SCREENS = /^\/(?:board|kiosk)/;
/** Pages that only a message's token opens. */
const BY_TOKEN = ['/subscribe/confirm', '/subscribe/manage'];

/** Pages of every type that the sitemap's addresses are of, taken evenly from them, and those that no sitemap lists. */
export async function listSamplePages(request: APIRequestContext, addresses: string[]): Promise<SamplePage[]> {
  const byType = Map.groupBy(addresses, (address) => typeOf(address));
  const listed = [...byType].flatMap(([type, addresses]) => {
    const wanted = Math.min(SAMPLES[type] ?? 1, addresses.length);
    const picks = Array.from({ length: wanted }, (_, index) => Math.floor((index * addresses.length) / wanted));
    return picks.map((pick) => ({ type, address: addresses[pick] ?? '/' }));
  });
  const company = addresses.find((address) => /^\/company\/[a-z2-7]{12}$/.test(address));
  listed.push({ type: '/company/:id/credit', address: `${company}/credit` });
  const samples = [...listed, ...(await Promise.all(TABLED.map((stage) => findNotice(request, stage)))), ...UNLISTED];
  const seen = new Set(samples.map(({ address }) => findRoute(address.split('?')[0] ?? '')));
  const unseen = PAGE_ROUTES.filter((route) => route.page.endsWith('.astro') && !seen.has(route));
  const missing = unseen.filter(
    ({ path, role }) => role === 'public' && path !== '/404' && !BY_TOKEN.includes(path) && !SCREENS.test(path),
  );
  if (missing.length > 0) throw new Error(`no page stands for ${missing.map(({ path }) => path).join(', ')}`);
  return samples;
}

/** The newest notice of a stage. */
async function findNotice(request: APIRequestContext, stage: string): Promise<SamplePage> {
  const { items } = await (await request.get(`/api/v1/notices?stage=${stage}&limit=1`)).json();
  return { type: `/notice/:id (${stage})`, address: `/notice/${items[0].id}` };
}

/** The path of the row of an address, as the names of tests have it. */
function typeOf(address: string): string {
  return findRoute(address)?.path.replaceAll(/\{(\w+)\}/g, ':$1') ?? address;
}
