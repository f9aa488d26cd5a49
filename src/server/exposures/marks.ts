import { inArray } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeParties } from '#db/schema/index.ts';
import { valuesOf } from '#db/sql-pieces.ts';
import type { ExposureMarkView } from '#src/domain/exposures/views.ts';
import { IS_CERTAIN_MATCH, type OrganizationRole } from '#src/domain/organizations/organization.ts';

import type { Instant } from '#src/domain/time/time.ts';
import { type FoundExposure, findByIdentity } from './find.ts';
import { findIdentity } from './identity.ts';
import { toExposureSummary } from './row.ts';

/** A party of notices with the entries in force about it. */
export interface MarkedParty {
  name: string;
  roles: OrganizationRole[];
  marks: ExposureMarkView[];
}

const PARTIES = defineQuery((db, p: Params<{ ids: string }>) =>
  db
    .selectDistinct({
      name: noticeParties.name,
      role: noticeParties.role,
      organizationId: noticeParties.organizationId,
      matchedBy: noticeParties.matchedBy,
    })
    .from(noticeParties)
    .where(inArray(noticeParties.noticeId, valuesOf(p.ids)))
    .orderBy(noticeParties.name, noticeParties.role),
);
type PartyRow = ReturnType<typeof PARTIES.all>[number];

/** Marks of an organization, for its page. */
export function listOrganizationMarks(
  db: Db,
  organizationId: string,
  now: Instant = new Date().toISOString(),
): ExposureMarkView[] {
  const identity = findIdentity(db, organizationId);
  return identity ? findByIdentity(db, identity, now).map((found) => toMark(found, now)) : [];
}

/**
 * The parties of public notices about whom entries are in force by their code; the others are left out. That a name alone agrees is no
 * more than a hint, which belongs on the page of the organization and never beside the facts of a notice.
 */
export function listMarkedParties(
  db: Db,
  noticeIds: readonly string[],
  now: Instant = new Date().toISOString(),
): MarkedParty[] {
  const rows = PARTIES.all(db, { ids: JSON.stringify(noticeIds) });
  return [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, parties]) => {
    const marks = markParty(db, parties, now);
    const roles = [...new Set(parties.map(({ role }) => role))];
    return marks.length > 0 ? [{ name, roles, marks }] : [];
  });
}

/** A name in a notice is certain only when a code or a person said whose it is. */
function markParty(db: Db, parties: readonly PartyRow[], now: Instant): ExposureMarkView[] {
  const [party] = parties;
  if (!party) return [];
  const isCertain = parties.every(({ matchedBy }) => matchedBy !== null && IS_CERTAIN_MATCH[matchedBy]);
  const identity = isCertain && party.organizationId ? findIdentity(db, party.organizationId) : undefined;
  const found = identity ? findByIdentity(db, identity, now) : [];
  return found.filter(({ matched }) => matched === 'code').map((each) => toMark(each, now));
}

function toMark({ row, matched }: FoundExposure, now: Instant): ExposureMarkView {
  const { id, board, misconduct, authority, decisionDate, validUntil, publicUntil } = toExposureSummary(row, now);
  return { id, board, misconduct, authority, decisionDate, validUntil, publicUntil, matched };
}
