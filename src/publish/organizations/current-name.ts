import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeParties, noticeTexts, organizationNames, organizations } from '#db/schema/index.ts';
import { valuesOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { isBranchName } from '#src/domain/organizations/branch-name.ts';
import type { NameKind, NameSource } from '#src/domain/organizations/organization.ts';
import { isRelatedName, statesRenaming } from '#src/domain/organizations/related-names.ts';
import { notSplit } from './not-split.ts';
import { findOrganization } from './records.ts';
import { relink, settleName } from './resolve.ts';
import { indexOrganization } from './search-index.ts';

const { key, organizationId, name, known, kind } = organizationNames;
const KNOWN = { key, name, known, kind };
/** A name, how many notices give it beside the code, and when one did last. */
type KnownName = RowOf<typeof KNOWN> & { lastAt: string | null; mentions: number };
const LIST = defineQuery((db, p: Params<{ id: string; rootId: string; uscc: string }>) => {
  const { organizationId: linkedTo, nameKey, uscc, publishedAt } = noticeParties;
  const beside = sql`FROM ${noticeParties} WHERE ${linkedTo} = ${p.rootId} AND ${nameKey} = ${key} AND ${uscc} = ${p.uscc}`;
  return db
    .select({
      ...KNOWN,
      lastAt: sql<string | null>`(SELECT max(${publishedAt}) ${beside})`,
      mentions: sql<number>`(SELECT count(*) ${beside})`,
    })
    .from(organizationNames)
    .where(and(eq(organizationId, p.id), notSplit(organizationNames)))
    .orderBy(asc(key));
});
/** Notices that are looked at for a renaming. */
const MOST_TEXTS = 50;
const TEXTS = defineQuery((db, p: Params<{ rootId: string; keys: string }>) =>
  db
    .select({ body: noticeTexts.body })
    .from(noticeParties)
    .innerJoin(noticeTexts, eq(noticeTexts.noticeId, noticeParties.noticeId))
    .where(and(eq(noticeParties.organizationId, p.rootId), inArray(noticeParties.nameKey, valuesOf(p.keys))))
    .limit(MOST_TEXTS),
);
const SET_KIND = defineQuery((db, p: Params<{ key: string; organizationId: string; kind: NameKind }>) =>
  db
    .update(organizationNames)
    .set({ kind: p.kind })
    .where(and(eq(key, p.key), eq(organizationId, p.organizationId))),
);
const SHOW = defineQuery((db, p: Params<{ id: string; name: string; nameKey: string }>) =>
  db.update(organizations).set({ name: p.name, nameKey: p.nameKey }).where(eq(organizations.id, p.id)),
);

/**
 * Chooses under which of its names an organization with a code is shown, and says what the others are: the name that staff accepted last,
 * else the one that a register gave, else, of the names that most notices give, the one that stood beside the code last. A name that is
 * unlike these, and of which no notice says that it was changed, is doubtful: as often a wrong code as a new name. What a doubtful name
 * alone stands for is put right.
 */
export function chooseCurrentName(db: Db, id: string, rootId: string, context: WriteContext): void {
  const row = findOrganization(db, id);
  if (!row?.uscc) return;
  const names = LIST.all(db, { id, rootId, uscc: row.uscc });
  const own = listOwn(db, rootId, names);
  const [current] = own.toSorted(byStanding);
  if (!current) return;
  const turned = names.filter((one) => {
    const next = toKind(one, current, own);
    SET_KIND.run(db, { kind: next, organizationId: id, key: one.key });
    return (next === 'doubtful') !== (one.kind === 'doubtful');
  });
  SHOW.run(db, { id, name: current.name, nameKey: current.key });
  for (const { key } of turned) {
    settleName(db, key, context);
    relink(db, rootId, context, key);
  }
  indexOrganization(db, rootId);
}

function toKind(one: KnownName, current: KnownName, own: readonly KnownName[]): NameKind {
  if (one.key === current.key) return 'current';
  if (!own.includes(one)) return 'doubtful';
  return isBranchName(one.name) ? 'branch' : 'former';
}

/** The names that are surely the organization's: what staff or a register gave, else those that most notices give, and their relatives. */
function listOwn(db: Db, rootId: string, names: readonly KnownName[]): KnownName[] {
  const groups: KnownName[][] = [];
  for (const one of names) {
    const kin = groups.filter((group) => group.some((other) => isSameOwner(db, rootId, one, other)));
    for (const group of kin) groups.splice(groups.indexOf(group), 1);
    groups.push([...kin.flat(), one]);
  }
  const accepted = groups.filter((group) => group.some(({ known }) => known !== 'notice'));
  return accepted.length > 0 ? accepted.flat() : (groups.toSorted(bySupport)[0] ?? []);
}

function isSameOwner(db: Db, rootId: string, one: KnownName, other: KnownName): boolean {
  if (isRelatedName(one.name, other.name)) return true;
  const texts = TEXTS.all(db, { rootId, keys: JSON.stringify([one.key, other.key]) });
  return texts.some(({ body }) => statesRenaming(body, one.name, other.name));
}

const mentionsOf = (group: readonly KnownName[]) => group.reduce((sum, { mentions }) => sum + mentions, 0);
const lastOf = (group: readonly KnownName[]) =>
  group
    .map(({ lastAt }) => lastAt ?? '')
    .toSorted()
    .at(-1) ?? '';

/** More notices first; of as many, the earlier, which a wrong code of today does not push aside. */
function bySupport(a: readonly KnownName[], b: readonly KnownName[]): number {
  return (
    mentionsOf(b) - mentionsOf(a) ||
    lastOf(a).localeCompare(lastOf(b)) ||
    (a[0]?.key ?? '').localeCompare(b[0]?.key ?? '')
  );
}

const WORD: Record<NameSource, number> = { notice: 0, library: 2, reviewed: 4 };

function byStanding(a: KnownName, b: KnownName): number {
  const standing = ({ name, known }: KnownName) => WORD[known] + (isBranchName(name) ? 0 : 1);
  return standing(b) - standing(a) || (b.lastAt ?? '').localeCompare(a.lastAt ?? '') || a.key.localeCompare(b.key);
}

const DOUBTFUL = defineQuery((db) =>
  db
    .select({
      organization: organizations.id,
      uscc: organizations.uscc,
      name: organizations.name,
      doubtful: organizationNames.name,
    })
    .from(organizationNames)
    .innerJoin(organizations, eq(organizations.id, organizationId))
    .where(and(eq(kind, 'doubtful'), notSplit(organizationNames)))
    .orderBy(asc(organizations.name), asc(organizationNames.name)),
);

/** Names that stand beside a code whose organization is called otherwise, for staff to accept (`rename`) or take away (`split`). */
export function listDoubtfulNames(
  db: Db,
): { organization: string; uscc: string | null; name: string; doubtful: string }[] {
  return DOUBTFUL.all(db);
}
