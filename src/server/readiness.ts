import { statfsSync } from 'node:fs';
import { gt } from 'drizzle-orm';
import { assertDurable, type Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { outbox, publishedNotices } from '#db/schema/index.ts';
import { FTS_CURSOR, readState } from '#db/states.ts';
import { UnavailableError } from '#src/domain/errors.ts';
import type { Instant } from '#src/domain/time/time.ts';

export interface ReadinessCheck {
  name: 'database' | 'index' | 'disk';
  ok: boolean;
  /** For people; says nothing about paths or causes. */
  message: string;
}

export interface ReadinessOptions {
  /** Opens or gives the web role's database. */
  openDb: () => Db;
  dataDirectory: string;
  now: Instant;
  /** Bytes that must be free for the data directory. */
  leastFreeBytes?: number;
}

/** A first load writes for minutes; a change that waits longer than this means that nobody takes it. */
const LONGEST_LAG_SECONDS = 300;
const MIB = 1024 ** 2;
const LEAST_FREE_BYTES = 256 * MIB;

/**
 * Whether this process can answer as it should: the database opens with the right pragmas and holds our tables, the
 * built-in index keeps up with the outbox (the engine may be away: searches do without), the disk has room.
 * @throws UnavailableError naming every check that failed.
 */
export function checkReadiness(options: ReadinessOptions): ReadinessCheck[] {
  const failures: unknown[] = [];
  const attempt = (name: ReadinessCheck['name'], check: () => Omit<ReadinessCheck, 'name'>, failed: string) => {
    try {
      return { name, ...check() };
    } catch (error) {
      failures.push(error);
      return { name, ok: false, message: failed };
    }
  };
  const checks = [
    attempt('database', () => checkDatabase(options.openDb()), '数据库无法读取'),
    attempt('index', () => checkIndex(options.openDb(), options.now), '搜索索引的进度无法读取'),
    attempt('disk', () => checkDisk(options.dataDirectory, options.leastFreeBytes), '数据目录无法读取'),
  ];
  const fields = checks.filter(({ ok }) => !ok);
  if (fields.length === 0) return checks;
  throw new UnavailableError('服务尚未就绪', {
    cause: failures[0],
    fields: fields.map(({ name, message }) => ({ name, message })),
  });
}

const ANY_NOTICE = defineQuery((db) => db.select({ id: publishedNotices.id }).from(publishedNotices).limit(1));

const OLDEST_CHANGE = defineQuery((db, p: Params<{ cursor: number }>) =>
  db.select({ createdAt: outbox.createdAt }).from(outbox).where(gt(outbox.seq, p.cursor)).orderBy(outbox.seq).limit(1),
);

function checkDatabase(db: Db): Omit<ReadinessCheck, 'name'> {
  assertDurable(db.$client);
  ANY_NOTICE.first(db);
  const ok = db.$client.pragma('journal_mode', { simple: true }) === 'wal';
  return { ok, message: ok ? '可读，设置正确' : '没有使用预写日志' };
}

function checkIndex(db: Db, now: Instant): Omit<ReadinessCheck, 'name'> {
  const oldest = OLDEST_CHANGE.first(db, { cursor: Number(readState(db, FTS_CURSOR, '0')) });
  if (!oldest) return { ok: true, message: '没有落后' };
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(oldest.createdAt)) / 1000));
  return { ok: seconds <= LONGEST_LAG_SECONDS, message: `最早一条待入索引的变更已等待 ${seconds} 秒` };
}

function checkDisk(directory: string, least = LEAST_FREE_BYTES): Omit<ReadinessCheck, 'name'> {
  const { bavail, bsize } = statfsSync(directory);
  const free = bavail * bsize;
  return { ok: free >= least, message: `剩余 ${Math.floor(free / MIB)} MiB` };
}
