import { inArray } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params, valuesOf } from '#db/query.ts';
import { noticeParties } from '#db/schema/index.ts';

const { role, name, organizationId, noticeId } = noticeParties;

const PARTIES = defineQuery((db, p: Params<{ noticeIds: string }>) =>
  db
    .selectDistinct({ role, name, organizationId })
    .from(noticeParties)
    .where(inArray(noticeId, valuesOf(p.noticeIds))),
);

/** A party as pages link it; natural persons are no organization. */
export type NoticeParty = ReturnType<typeof PARTIES.all>[number];

/** The parties of public notices with their organizations. */
export function listNoticeParties(db: Db, noticeIds: readonly string[]): NoticeParty[] {
  return PARTIES.all(db, { noticeIds: JSON.stringify(noticeIds) });
}
