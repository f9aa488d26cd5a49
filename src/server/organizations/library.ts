import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect, type Fields, type Params, valuesOf } from '#db/query.ts';
import { achievements, honours, qualifications, staffCertificates } from '#db/schema/index.ts';
import type { Library } from '#src/domain/organizations/views.ts';

/** Entries of one block that a page shows at most; registers have a few dozen a firm. */
const MOST = 200;

type Block = typeof qualifications | typeof achievements | typeof honours | typeof staffCertificates;

/** What every entry shows. */
const common = ({ source, sourceUrl, validFrom, validUntil, checkedAt }: Block) => ({
  source,
  sourceUrl,
  validFrom,
  validUntil,
  checkedAt,
});

const q = qualifications;
const a = achievements;
const h = honours;
const s = staffCertificates;

/** A block of the library: its table, and what its entries show. */
export interface LibraryBlock<Shown extends Fields = Fields> {
  table: Block;
  fields: Shown;
}

/** The blocks, by the names of their tables. */
export const LIBRARY_BLOCKS = {
  qualifications: {
    table: q,
    fields: { name: q.name, grade: q.grade, certificateNo: q.certificateNo, issuer: q.issuer, ...common(q) },
  },
  achievements: {
    table: a,
    fields: { name: a.name, owner: a.owner, amountFen: a.amountFen, finishedOn: a.finishedOn, ...common(a) },
  },
  honours: { table: h, fields: { name: h.name, grade: h.grade, issuer: h.issuer, ...common(h) } },
  staff_certificates: {
    table: s,
    fields: { surname: s.surname, kind: s.kind, specialty: s.specialty, grade: s.grade, ...common(s) },
  },
} as const satisfies Record<string, LibraryBlock>;

export type LibraryTable = keyof typeof LIBRARY_BLOCKS;

function defineList<Shown extends Fields>({ table, fields }: LibraryBlock<Shown>) {
  return defineSelect((p: Params<{ members: string }>) => ({
    fields,
    rest: sql`FROM ${table} WHERE ${table.organizationId} IN ${valuesOf(p.members)}
      ORDER BY ${table.validUntil} IS NULL, ${table.validUntil} DESC, ${table.id} LIMIT ${MOST}`,
  }));
}

const QUALIFICATIONS = defineList(LIBRARY_BLOCKS.qualifications);
const ACHIEVEMENTS = defineList(LIBRARY_BLOCKS.achievements);
const HONOURS = defineList(LIBRARY_BLOCKS.honours);
const STAFF = defineList(LIBRARY_BLOCKS.staff_certificates);

/** The library entries of an organization and of those merged into it, longest valid first. */
export function getLibrary(db: Db, memberIds: readonly string[]): Library {
  const members = JSON.stringify(memberIds);
  return {
    qualifications: QUALIFICATIONS.all(db, { members }),
    achievements: ACHIEVEMENTS.all(db, { members }),
    honours: HONOURS.all(db, { members }),
    staff: STAFF.all(db, { members }),
  };
}
