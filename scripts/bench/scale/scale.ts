import { join } from 'node:path';
import { request } from 'undici';
import { openReadOnly } from '#db/client.ts';
import { readTreeCpu } from '../cpu.ts';
import { type Figure, formatNumber, type Part } from '../figures.ts';
import { startWeb } from '../web.ts';
import { progress, type Workspace } from '../workspace.ts';
import { buildScaleSite, type ScaleSite } from './build.ts';
import { listRequests, type RequestKind } from './requests.ts';

/** Processor time below which a kind is asked again: the kernel counts hundredths of a second. */
const ENOUGH_MS = 600;
const MOST_REQUESTS = 200;
const SMALLEST = 10_000;
/** What a request may cost, by notices. */
const MOST_CPU_MS: Record<number, number> = { 100000: 3, 1000000: 5 };
const MOST_GROWTH = 1.5;

/** Processor milliseconds per request, or per 1,000 rows of a whole list. */
type Costs = Map<string, number>;

/** The sizes up to a scale, each ten times the one before: what grows is seen between two of them. */
export function sizesUpTo(scale: number): number[] {
  const sizes = [scale];
  for (let size = scale / 10; size >= Math.min(SMALLEST, scale / 10) && size >= 100; size /= 10) sizes.unshift(size);
  return sizes;
}

/** Asks for one kind until there is enough to tell. @throws Error unless it is answered with 200 */
async function measureKind(web: { url: string; pid: number }, kind: RequestKind): Promise<number> {
  const ask = async (number: number): Promise<number> => {
    // A request that says who it is from is never answered from memory.
    const answer = await request(web.url + kind.address(number), { headers: { cookie: `bench=${number}` } });
    let rows = 0;
    for await (const chunk of answer.body) if (kind.perRow) rows += countLines(chunk as Buffer);
    if (answer.statusCode !== 200) throw new Error(`${kind.address(number)} answers ${answer.statusCode}`);
    return rows;
  };
  for (let number = 0; number < (kind.perRow ? 1 : 5); number++) await ask(number);
  const before = readTreeCpu(web.pid);
  let asked = 0;
  let rows = 0;
  for (; asked < MOST_REQUESTS && readTreeCpu(web.pid) - before < ENOUGH_MS; asked++) rows += await ask(asked + 5);
  const cpu = readTreeCpu(web.pid) - before;
  return kind.perRow ? (cpu / Math.max(1, rows)) * 1_000 : cpu / asked;
}

function countLines(chunk: Buffer): number {
  let lines = 0;
  for (const byte of chunk) if (byte === 10) lines++;
  return lines;
}

/** What every kind of request costs on a site. */
export async function measureSite(
  workspace: Workspace,
  { directory, count }: Pick<ScaleSite, 'directory' | 'count'>,
): Promise<Costs> {
  progress(`asking the site with ${count} notices …`);
  const web = await startWeb(workspace, directory, { SEARCH_ENGINE: 'off', RATE_LIMIT: '1000000', WEB_WORKERS: '1' });
  const db = openReadOnly(join(directory, 'tongming.db'));
  const costs: Costs = new Map();
  for (const kind of listRequests(db)) costs.set(kind.name, await measureKind(web, kind));
  db.$client.close();
  await web.stop();
  return costs;
}

function printSteps(sites: readonly ScaleSite[]): void {
  console.table(
    sites.flatMap(({ count, steps }) =>
      Object.entries(steps).map(([step, { seconds, cpuMs }]) => ({
        notices: count,
        step,
        seconds: formatNumber(seconds),
        'notices/s': formatNumber(count / seconds),
        'CPU ms a notice': formatNumber(cpuMs / count),
      })),
    ),
  );
}

/** Growth of every kind from one size to the next. */
function toFigures(sizes: readonly number[], costs: readonly Costs[]): Figure[] {
  const largest = costs.at(-1) ?? new Map();
  const allowed = MOST_CPU_MS[sizes.at(-1) ?? 0];
  return [...largest.keys()].flatMap((name): Figure[] => {
    const values = costs.map((of) => of.get(name) ?? Number.NaN);
    const growth = values.slice(1).map((value, index) => value / (values[index] ?? Number.NaN));
    const isPage = !name.startsWith('export');
    const most = isPage && allowed !== undefined ? { aim: { atMost: allowed } } : {};
    return [
      { name: `${name}: growth a tenfold`, values: growth, aim: { atMost: MOST_GROWTH } },
      { name: `${name}: CPU ms ${isPage ? 'a request' : '1,000 rows'}`, values: values.slice(-1), ...most },
    ];
  });
}

/** What requests cost among ten times as many notices, built by the import of the product. */
export const scale: Part = {
  key: 's',
  title: 'Growth: CPU per request among ten times as many notices, never from memory',
  async run({ quick, scale: most, workspace }) {
    const sizes = sizesUpTo(quick ? 2_000 : most);
    const sites: ScaleSite[] = [];
    for (const size of sizes) sites.push(await buildScaleSite(workspace, size));
    printSteps(sites);
    const costs: Costs[] = [];
    for (const site of sites) costs.push(await measureSite(workspace, site));
    console.table(
      [...(costs[0] ?? new Map()).keys()].map((name) => ({
        request: name,
        ...Object.fromEntries(sizes.map((size, index) => [`${size}`, formatNumber(costs[index]?.get(name) ?? 0)])),
      })),
    );
    console.log(
      '  CPU ms of the web role a request, its threads included; of exports, CPU ms a thousand rows. Built-in index.',
    );
    return toFigures(sizes, costs);
  },
};
