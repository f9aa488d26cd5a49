import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { OrganizationRole } from '#src/domain/organizations/organization.ts';

/** A party as pages link it. */
export interface NoticeParty {
  role: OrganizationRole;
  name: string;
  /** Null for natural persons. */
  organizationId: string | null;
}

/** The parties of public notices with their organizations. */
export function listNoticeParties(db: Db, noticeIds: readonly string[]): NoticeParty[] {
  return listRows<NoticeParty>(
    db,
    `SELECT DISTINCT role, name, organization_id AS organizationId FROM notice_parties
     WHERE notice_id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(noticeIds)],
  );
}
