import type { Db } from '#db/client.ts';
import { commandActor } from '#src/domain/actors.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { Role } from '#src/domain/staff/roles.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { createAccount, listAccounts } from '#src/staff/accounts.ts';
import { makeLink, useLink } from '#src/staff/links.ts';
import { hashPassword } from '#src/staff/passwords.ts';

/** The password of every account of the demonstration. */
export const DEMO_PASSWORD = 'tongming yanshi 2026';

/** Fictional staff, one a post, and a county's own: login names are the posts in pinyin. */
export const DEMO_STAFF: readonly { loginName: string; displayName: string; county: County | null; roles: Role[] }[] = [
  { loginName: 'guanli', displayName: '演示管理员', county: null, roles: ['administrator'] },
  { loginName: 'bianji', displayName: '演示编辑', county: null, roles: ['editor'] },
  { loginName: 'chushen', displayName: '演示初审', county: null, roles: ['firstReviewer'] },
  { loginName: 'fushen', displayName: '演示复审', county: null, roles: ['finalReviewer'] },
  { loginName: 'gongkai', displayName: '演示信息公开员', county: null, roles: ['disclosureOfficer'] },
  { loginName: 'jiandu', displayName: '演示监督员', county: null, roles: ['supervisor'] },
  { loginName: 'qufu.jingban', displayName: '演示曲阜经办', county: 'qufu', roles: ['countyClerk'] },
  { loginName: 'jingkai.jingban', displayName: '演示经开区经办', county: 'jingkai', roles: ['countyClerk'] },
  { loginName: 'qufu.guanli', displayName: '演示曲阜管理员', county: 'qufu', roles: ['administrator'] },
];

/** Makes the accounts of the demonstration where there are none. */
export async function createDemoStaff(db: Db, now: Instant): Promise<void> {
  if (listAccounts(db, null).length > 0) return;
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const doer = { actor: commandActor('demo', 'demo'), roles: [], address: '', now };
  db.$client
    .transaction(() => {
      for (const account of DEMO_STAFF) {
        const { id } = createAccount(db, doer, account);
        useLink(db, makeLink(db, id, now), passwordHash, doer);
      }
    })
    .immediate();
}
