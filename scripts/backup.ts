import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openReadOnly } from '#db/client.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';

/** `20261125T103000Z`: sorts by time, allowed in file names everywhere. */
const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
const { values } = parseArgs({ options: { to: { type: 'string' } } });
const target = resolve(values.to ?? join(getConfig().DATA_DIR, 'backups', `tongming-${stamp}.db`));

// SQLite's own backup: a file copy would miss what stands in the write-ahead log.
mkdirSync(dirname(target), { recursive: true });
const db = openReadOnly(databasePath());
await db.$client.backup(`${target}.part`);
db.$client.close();

const copy = openReadOnly(`${target}.part`);
const broken = (await verifyInvariants(copy, DATABASE_CHECKS)).filter(({ breaches }) => breaches > 0);
copy.$client.close();
renameSync(`${target}.part`, target);
for (const suffix of ['-wal', '-shm']) rmSync(`${target}.part${suffix}`, { force: true });
console.log(`备份已写入 ${target}`);
for (const { title, breaches } of broken) console.error(`不成立：${title}（${breaches} 处）`);
process.exitCode = broken.length === 0 ? 0 : 1;
