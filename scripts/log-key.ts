import { existsSync, renameSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatVerifierKey } from '#src/domain/tlog/note.ts';
import { getConfig } from '#src/server/config.ts';
import { loadKey } from '#src/tlog/keys.ts';
import { keyFile, openGuard, originOf, previousKeyFile } from '#src/tlog/publication-log.ts';

const USAGE = `npm run log:key                 says which key signs the publication log
npm run log:key -- rotate       a new key from the next start of the worker on; the old one signs beside it
npm run log:key -- retire       the old key signs no more, from the next start of the worker on`;

const { DATA_DIR, SITE_URL } = getConfig();
const [current, previous] = [keyFile(DATA_DIR), previousKeyFile(DATA_DIR)];

async function show(): Promise<void> {
  const guard = openGuard(DATA_DIR);
  const origin = guard.origin() ?? originOf(SITE_URL);
  guard.close();
  console.log(formatVerifierKey((await loadKey(current, origin)).key));
  if (existsSync(previous)) console.log(`beside it: ${formatVerifierKey((await loadKey(previous, origin)).key)}`);
}

/** @throws Error where there is nothing to rotate, or the key before the last still signs */
function rotate(): void {
  if (!existsSync(current)) throw new Error('There is no key yet: the worker makes it on its first start.');
  if (existsSync(previous)) throw new Error('The key before this one still signs: npm run log:key -- retire first.');
  renameSync(current, previous);
  console.log('Restart the worker: it makes a new key, tells the log of it, and signs with both.');
}

function retire(): void {
  if (!existsSync(previous)) throw new Error('There is no older key.');
  rmSync(previous);
  console.log('Restart the worker: from then on only the new key signs.');
}

const { positionals } = parseArgs({ allowPositionals: true });
const [command = 'show', ...rest] = positionals;
const run = { show, rotate, retire }[command];
if (!run || rest.length > 0) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  try {
    await run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
