import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openDatabase, openReadOnly } from '#db/client.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { enginePaths } from '#src/server/search/process.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { LockedError, takeLock } from './launch/lock.ts';

/** Ends the command with a message. */
function refuse(message: string): never {
  console.error(message);
  process.exit(1);
}

const { values } = parseArgs({ options: { from: { type: 'string' } } });
const from = values.from ?? refuse('用法：npm run restore -- --from 备份文件');
if (!existsSync(from)) refuse(`没有这个文件：${from}`);

const { DATA_DIR } = getConfig();
const path = databasePath();
try {
  const release = takeLock(DATA_DIR);
  await replaceDatabase();
  release();
} catch (error) {
  if (error instanceof LockedError) refuse(`${error.message} Stop it first.`);
  throw error;
}

/** Checks a copy first; the database of before stays beside it until somebody removes it. */
async function replaceDatabase(): Promise<void> {
  const next = `${path}.restored`;
  const damage = findDamage(from);
  if (damage) refuse(`备份文件已损坏：${damage}`);
  copyFileSync(from, next);
  const db = openDatabase(next);
  const broken = (await verifyInvariants(db, DATABASE_CHECKS)).filter(({ breaches }) => breaches > 0);
  db.$client.pragma('wal_checkpoint(TRUNCATE)');
  db.$client.close();
  if (broken.length > 0) refuse(`备份不满足：${broken.map(({ title }) => title).join('；')}`);

  const previous = `${path}.before-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(path + suffix)) renameSync(path + suffix, previous + suffix);
  for (const suffix of ['-wal', '-shm']) rmSync(next + suffix, { force: true });
  renameSync(next, path);
  // The engine's index is of the other database; the worker makes it again.
  rmSync(enginePaths(DATA_DIR).data, { recursive: true, force: true });
  console.log(`已恢复 ${from}；原数据库保留为 ${previous}`);
}

/** What is wrong with a database file; undefined when nothing is. */
function findDamage(file: string): string | undefined {
  try {
    const { $client: client } = openReadOnly(file);
    const answer = String(client.pragma('integrity_check(1)', { simple: true }));
    client.close();
    return answer === 'ok' ? undefined : answer;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
