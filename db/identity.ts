import type Database from 'better-sqlite3';
import { getViewName } from 'drizzle-orm';
import { noticeVersions } from './schema/notices.ts';

/** "Tong", in the header of every database of this product (migration 0016). */
export const APPLICATION_ID = 0x54_6f_6e_67;

/** The file is a database of some other program, or of none: nothing was done to it. */
export class ForeignDatabaseError extends Error {
  constructor(path: string) {
    super(`${path} 不是通明的数据库`);
    this.name = 'ForeignDatabaseError';
  }
}

/** What the view joins was one table then. */
const TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('__drizzle_migrations', '${getViewName(noticeVersions)}')`;

/** Whether a database is one of this product: by its header or, from before that was written, by its tables. */
export function isOurs(client: Database.Database): boolean {
  const id = client.pragma('application_id', { simple: true });
  if (id !== 0) return id === APPLICATION_ID;
  return client.prepare(TABLES).all().length === 2;
}

/** Whether a database holds nothing at all, not even another program's mark. */
export function isBlank(client: Database.Database): boolean {
  const id = client.pragma('application_id', { simple: true });
  return id === 0 && client.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}
