import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import { appendLeaf } from '#src/publish/log/append.ts';
import { publishLeaves } from '#src/tlog/checkpoints.ts';
import { SigningGuard } from '#src/tlog/guard.ts';
import { loadKey } from '#src/tlog/keys.ts';
import { type Figure, formatNumber, type Part } from '../figures.ts';
import { type CorpusNotice, generateCorpus } from '../search-quality/corpus.ts';
import { storeCorpus } from '../search-quality/store-corpus.ts';
import { progress } from '../workspace.ts';

const AT = '2026-06-15T04:00:00.000Z';
/** Leaves a transaction, as many as the pipeline has of notices. */
const PER_TRANSACTION = 100;

/** What something costs: microseconds of processor time, microseconds by the clock, and KiB given to the system to write. */
interface Cost {
  cpu: number;
  wall: number;
  written: number;
}

/** KiB that this process has written; NaN where the system does not say. */
function readWritten(): number {
  try {
    return Number(/^wchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** Does something so many times, a hundred in each transaction, and says what one costs. */
function measure(count: number, act: (from: number, to: number) => void): Cost {
  const [began, cpu, written] = [performance.now(), process.cpuUsage(), readWritten()];
  for (let from = 0; from < count; from += PER_TRANSACTION) act(from, Math.min(count, from + PER_TRANSACTION));
  const { user, system } = process.cpuUsage(cpu);
  return {
    cpu: (user + system) / count,
    wall: ((performance.now() - began) * 1_000) / count,
    written: (readWritten() - written) / count,
  };
}

const storeNotices = (db: Db, corpus: readonly CorpusNotice[]): Cost =>
  measure(corpus.length, (from, to) => storeCorpus(db, corpus.slice(from, to)));

/** Appends leaves of made-up notices behind so many. */
const append = (db: Db, first: number, count: number): Cost =>
  measure(count, (from, to) => {
    const tell = () => {
      for (let number = first + from; number < first + to; number++) {
        const sha256 = hash('sha256', String(number));
        const id = sha256.slice(0, 12);
        appendLeaf(db, { kind: 'publish', type: 'notice', source: 'bench', id, version: 1, sha256, at: AT });
      }
    };
    db.$client.transaction(tell).immediate();
  });

const describeCost = ({ cpu, wall, written }: Cost): string =>
  `${formatNumber(cpu)} µs of processor, ${formatNumber(wall)} µs by the clock, ${formatNumber(written)} KiB written`;

/** A dearer thing against a cheaper one, by each measure that the system gives. */
function compare(what: string, one: Cost, other: Cost, atMost: number): Figure[] {
  const names = { cpu: 'processor', wall: 'clock', written: 'bytes written' } as const;
  return (['cpu', 'wall', 'written'] as const)
    .map((by) => ({ name: `${what}, ${names[by]}`, values: [one[by] / other[by]], aim: { atMost } }))
    .filter(({ values: [value] }) => Number.isFinite(value));
}

/** How long checkpoints take: of all leaves at once, and of one more; seconds. */
async function measureCheckpoints(db: Db, directory: string, leaves: number): Promise<{ all: number; one: number }> {
  const guard = new SigningGuard(join(directory, 'keys/guard.db'));
  const signer = await loadKey(join(directory, 'keys/log.pem'), 'bench/log');
  const parts = { db, folder: join(directory, 'log'), guard, signer };
  const take = async () => {
    const began = performance.now();
    await publishLeaves(parts);
    return (performance.now() - began) / 1_000;
  };
  const all = await take();
  append(db, leaves, 1);
  const one = await take();
  guard.close();
  return { all, one };
}

/**
 * What the publication log costs: a leaf beside the rows of its notice, stored in transactions of the same size into a small database,
 * where they are cheapest; late leaves beside early ones; tiles and checkpoints.
 */
export const publicationLog: Part = {
  key: 'l',
  title: 'The publication log: a leaf beside the rows of a notice, and tiles',
  async run({ quick, workspace }) {
    const [leaves, notices] = quick ? [20_000, 2_000] : [1_000_000, 20_000];
    const directory = workspace.makeDirectory('log');
    const db = openDatabase(join(directory, 'tongming.db'));
    const notice = storeNotices(db, generateCorpus(notices));
    const part = leaves / 10;
    const parts: Cost[] = [];
    for (let at = 0; at < 10; at++) {
      parts.push(append(db, at * part, part));
      progress(`leaves ${(at + 1) * part}/${leaves}`);
    }
    const [early, late] = [parts[0] ?? notice, parts[9] ?? notice];
    const { all, one } = await measureCheckpoints(db, directory, leaves);
    db.$client.close();
    for (const [what, cost] of Object.entries({ 'a notice': notice, 'an early leaf': early, 'a late leaf': late })) {
      progress(`${what}: ${describeCost(cost)}`);
    }
    return [
      ...compare('a late leaf against the rows of a notice', late, notice, 0.2),
      ...compare('a late leaf against an early one', late, early, 1.5),
      { name: `checkpoint after one more leaf among ${leaves}, s`, values: [one], aim: { atMost: 5 } },
      { name: `all tiles of ${leaves} leaves, s`, values: [all] },
    ];
  },
};
