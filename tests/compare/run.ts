import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Answer, type Ask, ask, askKey } from './ask.ts';
import { type CompareOptions, comparePortals, type Expectation } from './compare.ts';
import { listDocumentedAddresses } from './documented-addresses.ts';
import { FIXED_ASKS } from './fixed-asks.ts';
import { shapeOf } from './frontier.ts';
import { loadDemonstration, type Portal, reachPortal, startPortal } from './portal.ts';
import { formatComparison } from './report.ts';

export interface CompareRun {
  /** A checkout's folder with its node_modules, or the address of a portal that runs. */
  before: string;
  after: string;
  /** A folder with the demonstration loaded: it is filled when it is empty, and used again. */
  seed?: string | undefined;
  /** Addresses of each shape; absent: all without a query. */
  sample?: number | undefined;
  /** JSON file: `[{ "address": "regular expression", "of": "reason", "why": "…" }]`. */
  expected?: string | undefined;
  /** Plants a difference of one byte: the run must find that one. */
  control?: boolean | undefined;
}

const QUERIED = 30;
const SEED_IDS = 3;

const expectationsSchema = z.array(
  z.strictObject({
    address: z.string().transform((text) => new RegExp(text)),
    of: z
      .string()
      .transform((text) => new RegExp(text))
      .optional(),
    why: z.string().min(1),
  }),
);

/** Compares two portals and prints what differs. Returns whether everything that differs has a reason. */
export async function runCompare(run: CompareRun): Promise<boolean> {
  const expected = run.expected ? expectationsSchema.parse(JSON.parse(readFileSync(run.expected, 'utf8'))) : [];
  const folder = mkdtempSync(join(tmpdir(), 'tongming-compare-'));
  const portals: Portal[] = [];
  try {
    portals.push(...(await openPortals(run, folder)));
    const [before, after] = portals as [Portal, Portal];
    return await compareOpen(before, after, run, expected);
  } finally {
    await Promise.all(portals.map((portal) => portal.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openPortals({ before, after, seed }: CompareRun, folder: string): Promise<[Portal, Portal]> {
  const isAddress = (place: string) => /^https?:/.test(place);
  if (isAddress(before) && isAddress(after)) return [reachPortal('before', before), reachPortal('after', after)];
  if (isAddress(before) || isAddress(after)) throw new Error('Both must be checkouts, or both addresses.');
  const data = resolve(seed ?? join(folder, 'seed'));
  say('loading the demonstration …');
  const now = await loadDemonstration(resolve(before), data);
  say(`starting both at ${now} …`);
  return [
    await startPortal('before', resolve(before), data, join(folder, 'before'), now),
    await startPortal('after', resolve(after), data, join(folder, 'after'), now),
  ];
}

async function compareOpen(before: Portal, after: Portal, run: CompareRun, expected: readonly Expectation[]) {
  const known = await listKnown(before, after);
  const sample = run.sample ?? Number.POSITIVE_INFINITY;
  const asks = [
    ...FIXED_ASKS,
    ...spread([...known.documented, ...known.addresses], sample).map((address) => ({ address })),
  ];
  say(`${asks.length} addresses to begin with …`);
  const plant = run.control ? plantOne(asks) : undefined;
  const options: CompareOptions = {
    asks,
    limits: { plain: sample, queried: Math.min(sample, QUERIED) },
    expected,
    meddle: plant?.meddle,
    onProgress: (asked, waiting) => asked % 500 === 0 && say(`${asked} compared, ${waiting} waiting`),
  };
  const comparison = await comparePortals(before, after, options);
  console.log(formatComparison(comparison));
  if (plant) console.log(`Planted: one byte of ${plant.key}`);
  return comparison.findings.every((finding) => finding.expected !== undefined);
}

/** What both portals name: the addresses of their sitemaps, and the reads of their OpenAPI documents. */
async function listKnown(before: Portal, after: Portal): Promise<{ addresses: string[]; documented: string[] }> {
  const addresses = new Set<string>();
  for (const portal of [before, after]) {
    for (const part of await readSitemap(portal, '/sitemap.xml')) {
      addresses.add(part);
      for (const address of await readSitemap(portal, part)) addresses.add(address);
    }
  }
  const idsOf = (kind: string) => {
    const all = [...addresses]
      .filter((address) => address.startsWith(`/${kind}/`))
      .map((address) => address.split('/')[2] ?? '');
    return spreadList(all, SEED_IDS);
  };
  const ids = {
    '/api/v1/notices/{id}': idsOf('notice'),
    '/api/v1/notices/{id}/versions': idsOf('notice'),
    '/api/v1/projects/{id}': idsOf('project'),
    '/api/v1/organizations/{id}': idsOf('company'),
    '/api/v1/exposures/{id}': idsOf('exposure'),
  };
  const documented = ['/api/v1/openapi.json'];
  for (const portal of [before, after]) {
    const { body } = await ask(portal, { address: '/api/v1/openapi.json' });
    documented.push(...listDocumentedAddresses(JSON.parse(body.toString('utf8')), ids));
  }
  return { addresses: [...addresses], documented };
}

async function readSitemap(portal: Portal, address: string): Promise<string[]> {
  const { body } = await ask(portal, { address });
  return [...body.toString('utf8').matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => {
    const { pathname, search } = new URL(url.replaceAll('&amp;', '&'));
    return pathname + search;
  });
}

/** At most `count` addresses of each shape, from all over the list. */
function spread(addresses: readonly string[], count: number): string[] {
  return [...Map.groupBy(addresses, shapeOf).values()].flatMap((group) => spreadList(group, count));
}

function spreadList<Item>(list: readonly Item[], count: number): Item[] {
  const step = Math.max(1, list.length / count);
  return list.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

/** Changes one byte in the middle of what the second portal answers to one of the asks. */
function plantOne(asks: readonly Ask[]) {
  const chosen = asks[Math.floor(Math.random() * asks.length)] as Ask;
  const key = askKey(chosen);
  const meddle = (asked: Ask, answer: Answer): Answer => {
    if (askKey(asked) !== key) return answer;
    const body = Buffer.from(answer.body);
    const middle = body.length >> 1;
    body[middle] = (body[middle] ?? 0) ^ 1;
    return { ...answer, body: body.length > 0 ? body : Buffer.from('x') };
  };
  return { key, meddle };
}

const say = (text: string) => void process.stderr.write(`  ${text}\n`);
