import { and, desc, eq, getTableColumns, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeParties, organizationChanges, organizationNames } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { InputError, NotFoundError } from '#src/domain/errors.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { organizationId } from '#src/domain/organizations/organization.ts';
import { appendChange } from '../changes/append.ts';
import { chooseCurrentName } from './current-name.ts';
import { hasName, saveName } from './names.ts';
import { notSplit } from './not-split.ts';
import { findOrganization, findRoot, listMembers, type OrganizationRow, setMerged } from './records.ts';
import { relink, settleName } from './resolve.ts';
import { indexOrganization } from './search-index.ts';

/** Why, by whom and when something was decided. */
export interface Decision extends WriteContext {
  reason: string;
}

const { undoneBy, ...COLUMNS } = getTableColumns(organizationChanges);
const { id: number, undoneAt, ...DECIDED } = COLUMNS;

export type OrganizationChange = RowOf<typeof COLUMNS>;
type ChangeKind = OrganizationChange['kind'];

const INSERT = defineQuery((db, p: Params<RowOf<typeof DECIDED>>) =>
  db.insert(organizationChanges).values(paramsOf(DECIDED, p)).returning({ id: number }),
);
const FIND = defineQuery((db, p: Params<{ id: number }>) =>
  db.select(COLUMNS).from(organizationChanges).where(eq(number, p.id)),
);
const UNDO = defineQuery((db, p: Params<{ id: number } & WriteContext>) =>
  db.update(organizationChanges).set({ undoneAt: p.now, undoneBy: p.actor }).where(eq(number, p.id)),
);
const LIST = defineQuery((db) => db.select(COLUMNS).from(organizationChanges).orderBy(desc(number)));
const LIST_OF = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select(COLUMNS)
    .from(organizationChanges)
    .where(or(eq(COLUMNS.organizationId, p.id), eq(COLUMNS.targetId, p.id)))
    .orderBy(desc(number)),
);

interface NameOf {
  id: string;
  key: string;
}
const isName = (p: Params<NameOf>) => and(eq(organizationNames.organizationId, p.id), eq(organizationNames.key, p.key));
const FIND_OTHER_NAME = defineQuery((db, p: Params<NameOf>) =>
  db
    .select({ key: organizationNames.key })
    .from(organizationNames)
    .where(
      and(eq(organizationNames.organizationId, p.id), ne(organizationNames.key, p.key), notSplit(organizationNames)),
    ),
);
const FIND_GIVEN = defineQuery((db, p: Params<NameOf>) =>
  db
    .select({ noticeId: noticeParties.noticeId })
    .from(noticeParties)
    .where(and(eq(noticeParties.organizationId, p.id), eq(noticeParties.nameKey, p.key), isNotNull(noticeParties.uscc)))
    .limit(1),
);
const LEAVE_TO_NOTICES = defineQuery((db, p: Params<NameOf>) =>
  db.update(organizationNames).set({ known: 'notice' }).where(isName(p)),
);
const DELETE_NAME = defineQuery((db, p: Params<NameOf>) => db.delete(organizationNames).where(isName(p)));
const SET_REVIEWED = defineQuery((db, p: Params<{ id: string }>) => {
  const accepted = db
    .select({ nameKey: COLUMNS.nameKey })
    .from(organizationChanges)
    .where(and(eq(COLUMNS.kind, 'rename'), eq(COLUMNS.organizationId, p.id), isNull(undoneAt)))
    .orderBy(desc(number))
    .limit(1);
  return db
    .update(organizationNames)
    .set({ known: sql`iif(${organizationNames.key} = ${accepted}, 'reviewed', 'library')` })
    .where(and(eq(organizationNames.organizationId, p.id), ne(organizationNames.known, 'notice')));
});

/**
 * Says that one organization is another one. Notices, names and library entries of both are shown under the second; the
 * first one's address leads there. Returns the change's number. @throws NotFoundError, InputError
 */
export function mergeOrganizations(db: Db, fromId: string, intoId: string, decision: Decision): number {
  return db.$client
    .transaction(() => {
      const from = getOrganization(db, fromId);
      const into = getOrganization(db, intoId);
      if (from.mergedInto && from.mergedHow === 'reviewed') throw refused('该单位已经合并到其他单位');
      if (listMembers(db, from.id).includes(into.id)) throw refused('两个编号已经是同一个单位');
      const id = record(db, ['merge', from.id, into.id, null], decision);
      setMerged(db, from.id, { id: into.id, how: 'reviewed' }, decision);
      relink(db, from.id, decision);
      return id;
    })
    .immediate();
}

/**
 * Takes a name from an organization with a code: notices that give it, also beside that code, are of an organization of
 * that name alone. Returns the change's number. @throws NotFoundError, InputError
 */
export function splitName(db: Db, organizationId: string, key: string, decision: Decision): number {
  return db.$client
    .transaction(() => {
      const row = getOrganization(db, organizationId);
      if (!hasName(db, row.id, key)) throw refused('该单位没有这个名称');
      if (!FIND_OTHER_NAME.first(db, { id: row.id, key })) throw refused('唯一的名称不能拆出');
      const id = record(db, ['split', row.id, null, key], decision);
      followSplit(db, row.id, key, decision);
      return id;
    })
    .immediate();
}

/**
 * Accepts a name as an organization's present one, e.g. the one that a register gives now: what it was called before is a former
 * name. Returns the change's number. @throws NotFoundError, InputError
 */
export function renameOrganization(db: Db, organizationId: string, name: string, decision: Decision): number {
  return db.$client
    .transaction(() => {
      const row = getOrganization(db, organizationId);
      const key = nameKey(name);
      if (!row.uscc) throw refused('没有统一社会信用代码的单位以名称为准，不能改名');
      if (key === '') throw refused('名称里没有文字');
      if (row.nameKey === key) throw refused('现在就是这个名称');
      const id = record(db, ['rename', row.id, null, key], decision);
      saveName(db, row.id, { key, name, known: 'reviewed' });
      followName(db, row.id, key, decision);
      return id;
    })
    .immediate();
}

/** Undoes a merge, split or renaming: everything is as if it had not been decided. @throws NotFoundError, InputError */
export function undoChange(db: Db, id: number, context: WriteContext): void {
  db.$client
    .transaction(() => {
      const change = FIND.first(db, { id });
      if (!change) throw new NotFoundError('没有这项变更');
      if (change.undoneAt) throw refused('这项变更已经撤销');
      UNDO.run(db, { id, actor: context.actor, now: context.now });
      appendChange(db, { subject: 'organization', id: change.organizationId, version: null, kind: 'undo' }, context);
      const { kind, organizationId: changed, nameKey: key } = change;
      if (kind === 'merge') undoMerge(db, changed, context);
      else if (kind === 'split') followSplit(db, changed, key ?? '', context);
      else undoRename(db, changed, key ?? '', context);
    })
    .immediate();
}

/** Decisions about an organization, newest first; all of them without one. */
export function listChanges(db: Db, id: string | null = null): OrganizationChange[] {
  return id === null ? LIST.all(db) : LIST_OF.all(db, { id });
}

function undoMerge(db: Db, id: string, context: WriteContext): void {
  const root = findRoot(db, id);
  setMerged(db, id, null, context);
  const row = getOrganization(db, id);
  if (root) {
    relink(db, root.id, context);
    indexOrganization(db, root.id);
  }
  if (!row.uscc) settleName(db, row.nameKey, context);
}

/** Links every notice that gives the name to the organization that it is of after a split, or after one was undone. */
function followSplit(db: Db, id: string, key: string, context: WriteContext): void {
  const root = findRoot(db, id)?.id ?? id;
  settleName(db, key, context);
  for (const each of [root, organizationId({ key })]) relink(db, each, context, key);
  chooseCurrentName(db, id, root, context);
}

/** A name that notices give as well stays as one of theirs. */
function undoRename(db: Db, id: string, key: string, context: WriteContext): void {
  const isInNotices = FIND_GIVEN.first(db, { id: findRoot(db, id)?.id ?? id, key }) !== undefined;
  (isInNotices ? LEAVE_TO_NOTICES : DELETE_NAME).run(db, { id, key });
  followName(db, id, key, context);
}

/** Lets the name accepted last be the one that is shown, and notices that give a name alone follow. */
function followName(db: Db, id: string, key: string, context: WriteContext): void {
  SET_REVIEWED.run(db, { id });
  settleName(db, key, context);
  chooseCurrentName(db, id, findRoot(db, id)?.id ?? id, context);
}

function record(
  db: Db,
  [kind, organizationId, targetId, nameKey]: [ChangeKind, string, string | null, string | null],
  decision: Decision,
): number {
  appendChange(db, { subject: 'organization', id: organizationId, version: null, kind }, decision);
  const { reason, actor: decidedBy, now: decidedAt } = decision;
  const row = INSERT.first(db, { kind, organizationId, targetId, nameKey, reason, decidedBy, decidedAt });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

function getOrganization(db: Db, id: string): OrganizationRow {
  const row = findOrganization(db, id);
  if (!row) throw new NotFoundError('没有这个单位');
  return row;
}

function refused(message: string): InputError {
  return new InputError([{ name: 'organization', message }]);
}
