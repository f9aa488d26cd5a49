import { makeCorpusSite } from '../corpus-site.ts';
import type { Figure, Part } from '../figures.ts';
import { formatNumber, formatRange, median } from '../figures.ts';
import { startWeb } from '../web.ts';
import { progress, type Workspace } from '../workspace.ts';
import { applyLoad, type Load, saveAddresses, type Target } from './load.ts';
import { capturePage, hasTools, startNginx } from './nginx.ts';
import { PAGES } from './page-kinds.ts';

/** Requests before anything is measured, quick runs excepted: rendering is slow until the compiler knows it. */
const WARM_UP_REQUESTS = 5_000;

interface Variant {
  page: string;
  /** `nginx`, or how the HTTP server answers. */
  kind: 'nginx' | 'cached' | 'uncached';
  /** Notices in the database; 0 for nginx. */
  size: number;
  target: Target;
}

interface Measured extends Variant {
  loads: Load[];
}

/** The site on so many notices: each page from memory and rendered. */
async function startSite(workspace: Workspace, size: number): Promise<{ url: string; variants: Variant[] }> {
  const site = makeCorpusSite(workspace, size);
  const { url, pid } = await startWeb(workspace, site.directory, { SEARCH_ENGINE: 'off' });
  const variants = PAGES.flatMap((page): Variant[] => {
    const many = saveAddresses(site.directory, `${page.name}-many`, page.uncached(site.corpus));
    const one = saveAddresses(site.directory, `${page.name}-one`, [page.cached(site.corpus)]);
    const cookie = page.cookie ? { cookie: page.cookie } : {};
    return [
      { page: page.name, kind: 'cached', size, target: { url, pid, addresses: one } },
      { page: page.name, kind: 'uncached', size, target: { url, pid, addresses: many, ...cookie } },
    ];
  });
  return { url, variants };
}

/** nginx with the bytes that the site answers. */
async function startBaseline(workspace: Workspace, url: string, size: number): Promise<Variant[]> {
  const { corpus } = makeCorpusSite(workspace, size);
  const pages = await Promise.all(PAGES.map((page) => capturePage(page.name, url + page.cached(corpus))));
  const nginx = await startNginx(workspace, pages);
  const directory = workspace.makeDirectory('nginx');
  return pages.map(({ name }) => {
    const addresses = saveAddresses(directory, name, [`/${name}`]);
    return { page: name, kind: 'nginx', size: 0, target: { ...nginx, addresses } };
  });
}

/** Loads every variant in turn, several times, so that what the machine does meanwhile falls on all alike. */
async function measure(
  variants: readonly Variant[],
  rounds: number,
  seconds: number,
  warmUp: number,
): Promise<Measured[]> {
  const measured = variants.map((variant): Measured => ({ ...variant, loads: [] }));
  const position = new Map<Measured, number>();
  progress('warming up …');
  for (const variant of measured) {
    let asked = 0;
    do asked += (await applyLoad(variant.target, seconds, asked)).requests;
    while (asked < warmUp);
    position.set(variant, asked);
  }
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds} …`);
    for (const variant of measured) {
      const start = position.get(variant) ?? 0;
      const load = await applyLoad(variant.target, seconds, start);
      variant.loads.push(load);
      position.set(variant, start + load.requests);
    }
  }
  return measured;
}

/** CPU per request of one variant over that of another, round by round. */
function ratios(over: Measured, under: Measured): number[] {
  return over.loads.map(
    ({ cpuPerRequest }, round) => cpuPerRequest / (under.loads[round]?.cpuPerRequest ?? Number.NaN),
  );
}

function printTable(measured: readonly Measured[], baseline: (page: string) => Measured): void {
  console.table(
    measured.map((variant) => {
      const of = (key: keyof Load) => formatNumber(median(variant.loads.map((load) => load[key])));
      const times = ratios(variant, baseline(variant.page));
      return {
        page: variant.page,
        answered: variant.kind,
        notices: variant.size || '',
        'req/s': of('perSecond'),
        'p50 ms': of('p50'),
        'p99 ms': of('p99'),
        'CPU ms/req': of('cpuPerRequest'),
        '× nginx CPU': formatNumber(median(times)),
        range: formatRange(times),
      };
    }),
  );
}

function toFigures(measured: readonly Measured[], sizes: readonly [number, number]): Figure[] {
  const [small, large] = sizes;
  const find = (page: string, kind: Variant['kind'], size: number) => {
    const found = measured.find((entry) => entry.page === page && entry.kind === kind && entry.size === size);
    if (!found) throw new Error(`no measurement of ${page} ${kind} ${size}`);
    return found;
  };
  return PAGES.flatMap(({ name }): Figure[] => {
    const nginx = find(name, 'nginx', 0);
    const uncached = find(name, 'uncached', large);
    return [
      {
        name: `CPU of a cached ${name} ÷ nginx`,
        values: ratios(find(name, 'cached', large), nginx),
        aim: { atMost: 3 },
      },
      {
        name: `CPU of an uncached ${name} ÷ nginx`,
        values: ratios(uncached, nginx),
        ...(name === 'list' ? { aim: { atMost: 45 } } : {}),
      },
      {
        name: `CPU of an uncached ${name}, ${large} ÷ ${small} notices`,
        values: ratios(uncached, find(name, 'uncached', small)),
        aim: { atMost: 1.2 },
      },
    ];
  });
}

/** What pages cost through the real HTTP server, against nginx with the same bytes, on a small and a large database. */
export const pages: Part = {
  key: 'c',
  title: 'Pages through the HTTP server against nginx serving the same bytes (wrk, 32 connections, Brotli)',
  async run({ quick, workspace }) {
    if (!hasTools()) {
      console.log('Not measured: this part needs nginx and wrk (Debian: apt-get install nginx-light wrk).');
      return [];
    }
    // More than the 5,000 answers that the HTTP server keeps: fewer addresses would be found in memory when they come round again.
    const sizes = quick ? ([6_000, 20_000] as const) : ([10_000, 100_000] as const);
    const [small, large] = [await startSite(workspace, sizes[0]), await startSite(workspace, sizes[1])];
    const variants = [...(await startBaseline(workspace, large.url, sizes[1])), ...small.variants, ...large.variants];
    const order = variants.toSorted((a, b) => a.page.localeCompare(b.page));
    const measured = await measure(order, quick ? 2 : 5, quick ? 1 : 2, quick ? 0 : WARM_UP_REQUESTS);
    const baseline = (page: string) =>
      measured.find((entry) => entry.page === page && entry.kind === 'nginx') as Measured;
    printTable(measured, baseline);
    for (const { name, note } of PAGES) console.log(`  ${name}: ${note}`);
    return toFigures(measured, sizes);
  },
};
