import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { staffAccounts, staffRoles } from '#db/schema/staff.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { CaseDesk } from '#src/domain/participation/kinds.ts';
import { PERMISSIONS } from '#src/domain/staff/permissions.ts';

/** Accounts that may handle what a desk handles in a county, by name. */
export function listHandlers(db: Db, desk: CaseDesk, county: County): { id: string; name: string }[] {
  const { id, displayName: name, disabledAt } = staffAccounts;
  return db
    .selectDistinct({ id, name })
    .from(staffAccounts)
    .innerJoin(staffRoles, eq(staffRoles.accountId, id))
    .where(
      and(
        inArray(staffRoles.role, [...PERMISSIONS[desk].roles]),
        isNull(disabledAt),
        or(isNull(staffAccounts.county), eq(staffAccounts.county, county)),
      ),
    )
    .orderBy(name)
    .all();
}
