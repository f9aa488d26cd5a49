import type { Db } from '#db/client.ts';
import { findRow, listRows, runStatement } from '#db/statements.ts';
import { InputError, NotFoundError } from '#src/domain/errors.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { organizationId } from '#src/domain/organizations/organization.ts';
import { chooseCurrentName, hasName, saveName } from './names.ts';
import { NOT_SPLIT } from './not-split.ts';
import { findOrganization, findRoot, listMembers, type OrganizationRow, setMerged } from './records.ts';
import { relink, settleName } from './resolve.ts';
import { indexOrganization } from './search-index.ts';

/** Why and by whom something was decided. */
export interface Decision {
  reason: string;
  by: string;
  now: string;
}

type ChangeKind = 'merge' | 'split' | 'rename';

export interface OrganizationChange {
  id: number;
  kind: ChangeKind;
  organizationId: string;
  targetId: string | null;
  nameKey: string | null;
  reason: string;
  decidedBy: string;
  decidedAt: string;
  undoneAt: string | null;
}

const COLUMNS = `id, kind, organization_id AS organizationId, target_id AS targetId, name_key AS nameKey, reason,
  decided_by AS decidedBy, decided_at AS decidedAt, undone_at AS undoneAt`;

const INSERT = `
  INSERT INTO organization_changes (kind, organization_id, target_id, name_key, reason, decided_by, decided_at)
  VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`;

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
      setMerged(db, from.id, { id: into.id, how: 'reviewed' }, decision.now);
      relink(db, from.id, decision.now);
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
      const sql = `SELECT 1 FROM organization_names n WHERE n.organization_id = ? AND n.key <> ? AND ${NOT_SPLIT}`;
      if (!findRow(db, sql, [row.id, key])) throw refused('唯一的名称不能拆出');
      const id = record(db, ['split', row.id, null, key], decision);
      followSplit(db, row.id, key, decision.now);
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
      followName(db, row.id, key, decision.now);
      return id;
    })
    .immediate();
}

/** Undoes a merge, split or renaming: everything is as if it had not been decided. @throws NotFoundError, InputError */
export function undoChange(db: Db, id: number, { by, now }: Pick<Decision, 'by' | 'now'>): void {
  db.$client
    .transaction(() => {
      const change = findRow<OrganizationChange>(db, `SELECT ${COLUMNS} FROM organization_changes WHERE id = ?`, [id]);
      if (!change) throw new NotFoundError('没有这项变更');
      if (change.undoneAt) throw refused('这项变更已经撤销');
      runStatement(db, 'UPDATE organization_changes SET undone_at = ?, undone_by = ? WHERE id = ?', [now, by, id]);
      const { kind, organizationId: changed, nameKey: key } = change;
      if (kind === 'merge') undoMerge(db, changed, now);
      else if (kind === 'split') followSplit(db, changed, key ?? '', now);
      else undoRename(db, changed, key ?? '', now);
    })
    .immediate();
}

/** Decisions about an organization, newest first; all of them without one. */
export function listChanges(db: Db, id: string | null = null): OrganizationChange[] {
  return listRows<OrganizationChange>(
    db,
    `SELECT ${COLUMNS} FROM organization_changes WHERE ? IN ('', organization_id, target_id) ORDER BY id DESC`,
    [id ?? ''],
  );
}

function undoMerge(db: Db, id: string, now: string): void {
  const root = findRoot(db, id);
  setMerged(db, id, null, now);
  const row = getOrganization(db, id);
  if (root) {
    relink(db, root.id, now);
    indexOrganization(db, root.id);
  }
  if (!row.uscc) settleName(db, row.nameKey, now);
}

/** Links every notice that gives the name to the organization that it is of after a split, or after one was undone. */
function followSplit(db: Db, id: string, key: string, now: string): void {
  const root = findRoot(db, id)?.id ?? id;
  settleName(db, key, now);
  for (const each of [root, organizationId({ key })]) relink(db, each, now, key);
  chooseCurrentName(db, id, root);
}

/** A name that notices give as well stays as one of theirs. */
function undoRename(db: Db, id: string, key: string, now: string): void {
  const given = 'SELECT 1 FROM notice_parties WHERE organization_id = ? AND name_key = ? AND uscc IS NOT NULL LIMIT 1';
  const isInNotices = findRow(db, given, [findRoot(db, id)?.id ?? id, key]) !== undefined;
  const own = 'WHERE organization_id = ? AND key = ?';
  const sql = isInNotices
    ? `UPDATE organization_names SET known = 'notice' ${own}`
    : `DELETE FROM organization_names ${own}`;
  runStatement(db, sql, [id, key]);
  followName(db, id, key, now);
}

/** Lets the name accepted last be the one that is shown, and notices that give a name alone follow. */
function followName(db: Db, id: string, key: string, now: string): void {
  runStatement(
    db,
    `UPDATE organization_names SET known = iif(key = (
       SELECT name_key FROM organization_changes WHERE kind = 'rename' AND organization_id = ? AND undone_at IS NULL
       ORDER BY id DESC LIMIT 1), 'reviewed', 'library')
     WHERE organization_id = ? AND known <> 'notice'`,
    [id, id],
  );
  settleName(db, key, now);
  chooseCurrentName(db, id, findRoot(db, id)?.id ?? id);
}

function record(
  db: Db,
  values: [kind: ChangeKind, organization: string, target: string | null, key: string | null],
  { reason, by, now }: Decision,
): number {
  return findRow<{ id: number }>(db, INSERT, [...values, reason, by, now])?.id ?? 0;
}

function getOrganization(db: Db, id: string): OrganizationRow {
  const row = findOrganization(db, id);
  if (!row) throw new NotFoundError('没有这个单位');
  return row;
}

function refused(message: string): InputError {
  return new InputError([{ name: 'organization', message }]);
}
