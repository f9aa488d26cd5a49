import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Answer, type Ask, askKey } from './ask.ts';
import { type CompareOptions, comparePortals, type Expectation } from './compare.ts';
import { FIXED_ASKS } from './fixed-asks.ts';
import { listNamedAddresses } from './named-addresses.ts';
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

/** Addresses at most that differ in the values of the same parameters. */
const QUERIED = 30;

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

/**
 * Compares two portals and prints what differs. Returns whether everything that differs has a reason; of a control, whether exactly
 * what was planted was found.
 */
export async function runCompare(run: CompareRun): Promise<boolean> {
  const expected = run.expected ? expectationsSchema.parse(JSON.parse(readFileSync(run.expected, 'utf8'))) : [];
  const folder = mkdtempSync(join(tmpdir(), 'tongming-compare-'));
  const portals: Portal[] = [];
  try {
    for await (const portal of openPortals(run, folder)) portals.push(portal);
    return await compareOpen(portals as [Portal, Portal], run, expected);
  } finally {
    await Promise.all(portals.map((portal) => portal.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Both portals, each as soon as it answers. @throws Error when one cannot be had */
async function* openPortals({ before, after, seed }: CompareRun, folder: string): AsyncGenerator<Portal> {
  const places = Object.entries({ before, after });
  const running = places.filter(([, place]) => /^https?:/.test(place));
  if (running.length === 1) throw new Error('Both must be checkouts, or both addresses.');
  for (const [name, address] of running) yield reachPortal(name, address);
  if (running.length > 0) return;
  const data = resolve(seed ?? join(folder, 'seed'));
  say('loading the demonstration …');
  const now = await loadDemonstration(resolve(before), data);
  say(`starting both at ${now} …`);
  for (const [name, checkout] of places) yield startPortal(name, resolve(checkout), data, join(folder, name), now);
}

async function compareOpen([before, after]: [Portal, Portal], run: CompareRun, expected: readonly Expectation[]) {
  const sample = run.sample ?? Number.POSITIVE_INFINITY;
  const named = await listNamedAddresses([before, after], sample);
  const asks = [...FIXED_ASKS, ...named.map((address) => ({ address }))];
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
  const unexplained = comparison.findings
    .filter((finding) => finding.expected === undefined)
    .map((finding) => finding.ask);
  if (!plant) return unexplained.length === 0;
  const found = unexplained.join() === plant.key;
  console.log(`Planted one byte in ${plant.key}: ${found ? 'found, and nothing else' : 'NOT what was found'}.`);
  return found;
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
