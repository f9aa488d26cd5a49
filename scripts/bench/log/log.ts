import { hash } from 'node:crypto';
import { join } from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import { appendLeaf } from '#src/publish/log/append.ts';
import { publishLeaves } from '#src/tlog/checkpoints.ts';
import { SigningGuard } from '#src/tlog/guard.ts';
import { loadKey } from '#src/tlog/keys.ts';
import { formatNumber, type Part } from '../figures.ts';
import { generateCorpus } from '../search-quality/corpus.ts';
import { storeCorpus } from '../search-quality/store-corpus.ts';
import { progress } from '../workspace.ts';

const AT = '2026-06-15T04:00:00.000Z';
/** Leaves a transaction, as many as the pipeline has of notices. */
const PER_TRANSACTION = 100;

/** Appends leaves of made-up notices; seconds a leaf. */
function append(db: Db, from: number, count: number): number {
  const began = performance.now();
  for (let first = from; first < from + count; first += PER_TRANSACTION) {
    db.$client
      .transaction(() => {
        for (let number = first; number < Math.min(from + count, first + PER_TRANSACTION); number++) {
          const sha256 = hash('sha256', String(number));
          const id = sha256.slice(0, 12);
          appendLeaf(db, { kind: 'publish', type: 'notice', source: 'bench', id, version: 1, sha256, at: AT });
        }
      })
      .immediate();
  }
  return (performance.now() - began) / 1_000 / count;
}

/** What the publication log costs: a leaf beside storing the rows of its notice, early and late; making tiles and checkpoint. */
export const publicationLog: Part = {
  key: 'l',
  title: 'The publication log: a leaf beside the rows of a notice, and tiles',
  async run({ quick, workspace }) {
    const [leaves, notices] = quick ? [20_000, 2_000] : [1_000_000, 20_000];
    const directory = workspace.makeDirectory('log');
    const db = openDatabase(join(directory, 'tongming.db'));
    const corpus = generateCorpus(notices);
    const beganStoring = performance.now();
    storeCorpus(db, corpus);
    const notice = (performance.now() - beganStoring) / 1_000 / notices;
    const part = leaves / 10;
    const early = append(db, 0, part);
    for (let at = 1; at < 9; at++) {
      append(db, at * part, part);
      progress(`leaves ${(at + 1) * part}/${leaves}`);
    }
    const late = append(db, 9 * part, part);
    const guard = new SigningGuard(join(directory, 'keys/guard.db'));
    const parts = {
      db,
      folder: join(directory, 'log'),
      guard,
      signer: await loadKey(join(directory, 'keys/log.pem'), 'bench/log'),
    };
    const beganAll = performance.now();
    await publishLeaves(parts);
    const all = (performance.now() - beganAll) / 1_000;
    append(db, leaves, 1);
    const beganOne = performance.now();
    await publishLeaves(parts);
    const one = (performance.now() - beganOne) / 1_000;
    guard.close();
    db.$client.close();
    progress(
      `${formatNumber(early * 1e6)} µs a leaf early, ${formatNumber(late * 1e6)} late, ${formatNumber(notice * 1e6)} a notice`,
    );
    return [
      { name: 'a leaf against the rows of a notice', values: [late / notice], aim: { atMost: 0.2 } },
      { name: 'a late leaf against an early one', values: [late / early], aim: { atMost: 1.5 } },
      { name: `checkpoint after one more leaf among ${leaves}, s`, values: [one], aim: { atMost: 5 } },
      { name: `all tiles of ${leaves} leaves, s`, values: [all] },
    ];
  },
};
