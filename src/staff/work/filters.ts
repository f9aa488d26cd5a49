import { and, asc, count, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { staffFilters } from '#db/schema/index.ts';
import { InputError } from '#src/domain/errors.ts';
import { safeNext } from '#src/domain/staff/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** An address of the console that somebody keeps, under a name of theirs. */
export interface SavedFilter {
  id: number;
  name: string;
  href: string;
}

const MOST = 30;

export function listFilters(db: Db, accountId: string): SavedFilter[] {
  return db
    .select({ id: staffFilters.id, name: staffFilters.name, href: staffFilters.href })
    .from(staffFilters)
    .where(eq(staffFilters.accountId, accountId))
    .orderBy(asc(staffFilters.name))
    .all();
}

/** Keeps an address; the same name takes the other's place. @throws InputError for what is no address of the console, or too many */
export function addFilter(
  db: Db,
  accountId: string,
  { name, href }: { name: string; href: string },
  createdAt: Instant,
): void {
  if (safeNext(href) !== href) throw new InputError([{ name: 'href', message: '只能保存工作台里的地址' }]);
  const [kept] = db.select({ total: count() }).from(staffFilters).where(eq(staffFilters.accountId, accountId)).all();
  if ((kept?.total ?? 0) >= MOST)
    throw new InputError([{ name: 'name', message: `最多保存 ${MOST} 个，请先删去不用的` }]);
  db.insert(staffFilters)
    .values({ accountId, name, href, createdAt })
    .onConflictDoUpdate({ target: [staffFilters.accountId, staffFilters.name], set: { href, createdAt } })
    .run();
}

export function removeFilter(db: Db, accountId: string, id: number): void {
  db.delete(staffFilters)
    .where(and(eq(staffFilters.id, id), eq(staffFilters.accountId, accountId)))
    .run();
}
