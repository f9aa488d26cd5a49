import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copyNamedFiles, filesBeside } from '#src/server/backup/attachments.ts';
import { removeCompanions } from '#src/server/backup/files.ts';
import { writeBackup } from '#src/server/backup/write.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { claimOrExit } from './launch/claims.ts';

/** `20261125T103000Z`: sorts by time, allowed in file names everywhere. */
const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
const { values } = parseArgs({ options: { to: { type: 'string' } } });
const target = resolve(values.to ?? join(getConfig().DATA_DIR, 'backups', `tongming-${stamp}.db`));

await claimOrExit('backup');
const broken = await writeBackup(databasePath(), target);
const missing = await copyNamedFiles(target, getConfig().DATA_DIR, filesBeside(target));
removeCompanions(target);
console.log(`备份已写入 ${target}`);
for (const sha256 of missing) console.error(`附件没有备份：${sha256}`);
for (const { title, breaches } of broken) console.error(`不成立：${title}（${breaches} 处）`);
process.exitCode = broken.length + missing.length === 0 ? 0 : 1;
