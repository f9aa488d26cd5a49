import type { Db } from '#db/client.ts';
import { organizationId, type PartyMatch } from '#src/domain/organizations/organization.ts';
import { looksLikePerson } from '#src/domain/organizations/person-name.ts';
import { findRow, listRows, runStatement } from '../statements.ts';
import { hasName, saveName } from './names.ts';
import { ensureOrganization, findOrganization, findRoot, setMerged } from './records.ts';

/** A name as a notice gives it, with the code beside it where there is one. */
export interface Mention {
  name: string;
  key: string;
  uscc: string | null;
}

export interface Resolution {
  /** Null for a natural person. */
  organizationId: string | null;
  matchedBy: PartyMatch;
}

const PERSON: Resolution = { organizationId: null, matchedBy: 'person' };

/**
 * Whose name it is: by the code, else by the exact name key. A name that belongs to several codes is nobody's by itself:
 * it stays an organization of its own until someone decides. Makes what is not known yet. The caller holds the transaction.
 */
export function resolveMention(db: Db, mention: Mention, now: string): Resolution {
  const { key, name, uscc } = mention;
  if (key === '' || (!uscc && looksLikePerson(name))) return PERSON;
  if (uscc) {
    const { id } = ensureOrganization(db, mention, now);
    if (!isSplit(db, id, key)) {
      learnName(db, id, mention, now);
      return { organizationId: findRoot(db, id)?.id ?? id, matchedBy: 'code' };
    }
  }
  return resolveByName(db, mention, now);
}

function resolveByName(db: Db, { name, key }: Mention, now: string): Resolution {
  const own = findOrganization(db, organizationId({ key }));
  if (own?.mergedHow === 'reviewed')
    return { organizationId: findRoot(db, own.id)?.id ?? own.id, matchedBy: 'reviewed' };
  const [only, ...others] = listHolders(db, key);
  if (only && others.length === 0) return { organizationId: only, matchedBy: 'name' };
  return { organizationId: own?.id ?? ensureOrganization(db, { name, key, uscc: null }, now).id, matchedBy: 'name' };
}

/** Organizations with a code that have the name, merged ones as what they were merged into, less those it was taken from. */
function listHolders(db: Db, key: string): string[] {
  const ids = listRows<{ id: string }>(db, 'SELECT organization_id AS id FROM organization_names WHERE key = ?', [key]);
  const holding = ids.filter(({ id }) => !isSplit(db, id, key)).map(({ id }) => findRoot(db, id)?.id ?? id);
  return [...new Set(holding)];
}

/** Did staff decide that the name is not this organization's? */
function isSplit(db: Db, id: string, key: string): boolean {
  const sql = `SELECT 1 FROM organization_changes
    WHERE organization_id = ? AND kind = 'split' AND name_key = ? AND undone_at IS NULL`;
  return findRow(db, sql, [id, key]) !== undefined;
}

function learnName(db: Db, id: string, mention: Mention, now: string): void {
  if (hasName(db, id, mention.key)) return;
  saveName(db, id, { ...mention, known: 'notice' });
  settleName(db, mention.key, now);
}

/**
 * Puts right what a name alone stands for, after an organization got or lost it: the address of the name without a code
 * leads to its only holder, and parties named so without a code follow.
 */
export function settleName(db: Db, key: string, now: string): void {
  const own = findOrganization(db, organizationId({ key }));
  const [only, ...others] = listHolders(db, key);
  const target = only && others.length === 0 ? only : null;
  if (own && own.mergedHow !== 'reviewed' && own.mergedInto !== target) {
    setMerged(db, own.id, target ? { id: target, how: 'code' } : null, now);
  }
  const holders = listRows<{ id: string }>(db, 'SELECT organization_id AS id FROM organization_names WHERE key = ?', [
    key,
  ]);
  const affected = [...(own ? [own.id] : []), ...holders.map(({ id }) => id)];
  for (const id of new Set(affected.flatMap((each) => [each, findRoot(db, each)?.id ?? each])))
    relink(db, id, now, key);
}

interface Linked {
  name: string;
  nameKey: string;
  uscc: string | null;
  matchedBy: PartyMatch;
}

/** Looks up anew whose the parties of an organization are, all or those of one name. */
export function relink(db: Db, id: string, now: string, key: string | null = null): void {
  const mentions = listRows<Linked>(
    db,
    `SELECT min(name) AS name, name_key AS nameKey, uscc, matched_by AS matchedBy FROM notice_parties
     WHERE organization_id = ? AND name_key = coalesce(?, name_key) GROUP BY name_key, uscc`,
    [id, key],
  );
  for (const { name, nameKey, uscc, matchedBy } of mentions) {
    const found = resolveMention(db, { name, key: nameKey, uscc }, now);
    if (found.organizationId === id && found.matchedBy === matchedBy) continue;
    runStatement(
      db,
      `UPDATE notice_parties SET organization_id = ?, matched_by = ?
       WHERE organization_id = ? AND name_key = ? AND uscc IS ?`,
      [found.organizationId, found.matchedBy, id, nameKey, uscc],
    );
  }
}
