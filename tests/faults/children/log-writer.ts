/**
 * Writes a publication log: `node log-writer.ts FOLDER KEYFILE ROUNDS`. A round commits a few leaves and publishes them. Says
 * `ack leaves COUNT` when they are committed and `ack signed SIZE ROOT` when their checkpoint is shown: neither may be lost then.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { openDatabase } from '#db/client.ts';
import { toBase64 } from '#src/domain/tlog/bytes.ts';
import { appendLeaf } from '#src/publish/log/append.ts';
import { publishLeaves } from '#src/tlog/checkpoints.ts';
import { SigningGuard } from '#src/tlog/guard.ts';
import { loadKey } from '#src/tlog/keys.ts';
import { countLeaves } from '#src/tlog/read/leaves.ts';
import { LOG_ORIGIN } from '../log-parts.ts';

const MOST_LEAVES = 60;
const [folder = '', key = '', rounds = '0'] = process.argv.slice(2);
const db = openDatabase(join(folder, 'tongming.db'));
const guard = new SigningGuard(join(folder, 'guard.db'));
const signer = await loadKey(key, LOG_ORIGIN);

for (let round = 0; round < Number(rounds); round++) {
  const count = randomInt(1, MOST_LEAVES);
  db.$client
    .transaction(() => {
      for (let leaf = 0; leaf < count; leaf++) {
        const [id, sha256] = [randomBytes(6).toString('hex'), randomBytes(32).toString('hex')];
        const at = new Date().toISOString();
        appendLeaf(db, { kind: 'publish', type: 'notice', source: 'test', id, version: 1, sha256, at });
      }
    })
    .immediate();
  process.stdout.write(`ack leaves ${countLeaves(db)}\n`);
  const shown = await publishLeaves({ db, folder: join(folder, 'log'), guard, signer });
  if (shown) process.stdout.write(`ack signed ${shown.size} ${toBase64(shown.root)}\n`);
}
process.exit();
