import { and, eq, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { organizationNames, organizations } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import {
  listChanges,
  mergeOrganizations,
  type OrganizationChange,
  renameOrganization,
  splitName,
  undoChange,
} from '#src/publish/organizations/changes.ts';
import { notSplit } from '#src/publish/organizations/not-split.ts';
import { type Owned, parseForm, type WorkList } from '../list.ts';
import { reasonField } from './reason.ts';

/** An organization with the names that it is known by. */
export interface OrganizationItem extends Owned {
  list: 'organizations';
  id: string;
  organizationId: string;
  uscc: string | null;
  mergedInto: string | null;
  names: { key: string; name: string; kind: string; known: string }[];
  changes: OrganizationChange[];
}

const m = aliased(organizationNames, 'm');
const g = aliased(organizations, 'g');
const ROWS = defineSelect((p: Params<{ id: string; key: string; limit: number }>) => ({
  fields: { id: m.organizationId, key: m.key, doubtful: m.name, name: g.name, uscc: g.uscc, since: g.createdAt },
  rest: sql`FROM ${named(m)} INDEXED BY organization_names_doubtful CROSS JOIN ${named(g)} ON ${g.id} = ${m.organizationId}
    WHERE ${m.kind} = 'doubtful' AND (${m.organizationId}, ${m.key}) > (${p.id}, ${p.key}) AND ${notSplit(m)}
    ORDER BY ${m.organizationId}, ${m.key} LIMIT ${p.limit}`,
}));
const FIND = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({
      id: organizations.id,
      name: organizations.name,
      uscc: organizations.uscc,
      mergedInto: organizations.mergedInto,
    })
    .from(organizations)
    .where(eq(organizations.id, p.id)),
);
const NAMES = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({
      key: organizationNames.key,
      name: organizationNames.name,
      kind: organizationNames.kind,
      known: organizationNames.known,
    })
    .from(organizationNames)
    .where(eq(organizationNames.organizationId, p.id)),
);
const SEARCH = defineQuery((db, p: Params<{ id: string; uscc: string; key: string }>) => {
  const ofName = db
    .select({ id: organizationNames.organizationId })
    .from(organizationNames)
    .where(eq(organizationNames.key, p.key));
  return db
    .select({ id: organizations.id, name: organizations.name, uscc: organizations.uscc })
    .from(organizations)
    .where(
      or(
        eq(organizations.id, p.id),
        eq(organizations.uscc, p.uscc),
        sql`${organizations.id} IN ${ofName}`,
        and(eq(organizations.nameKey, p.key), sql`${organizations.nameKey} <> ''`),
      ),
    )
    .limit(20);
});

const FORM = z.discriminatedUnion(
  'act',
  [
    z.object({
      act: z.literal('rename'),
      name: z.string().trim().min(2, '请填写名称').max(100, '名称太长'),
      reason: reasonField,
    }),
    z.object({ act: z.literal('split'), name: z.string().trim().min(2, '请选择要拆出的名称'), reason: reasonField }),
    z.object({
      act: z.literal('merge'),
      into: z
        .string()
        .trim()
        .regex(/^[a-z0-9]{12}$/, '请填写并入的单位编号'),
      reason: reasonField,
    }),
    z.object({ act: z.literal('undo'), change: z.coerce.number('没有这项变更').int(), reason: reasonField }),
  ],
  '请选择要做的操作',
);

export const doubtfulNames: WorkList<OrganizationItem> = {
  rows(db, { county, after, limit }) {
    // Organizations are the whole city's.
    if (county !== null) return [];
    const [id = '', key = ''] = after.id.split('~');
    return ROWS.all(db, { id, key, limit }).map((row) => ({
      id: `${row.id}~${row.key}`,
      title: row.name,
      detail: `代码 ${row.uscc ?? '无'} 下又出现名称“${row.doubtful}”`,
      county: null,
      since: row.since,
    }));
  },
  item(db, id) {
    const [organizationId = ''] = id.split('~');
    const row = FIND.first(db, { id: organizationId });
    if (!row) throw new NotFoundError('没有这个单位');
    return {
      list: 'organizations',
      ...{ id, organizationId, uscc: row.uscc, mergedInto: row.mergedInto, title: row.name, counties: [null] },
      names: NAMES.all(db, { id: organizationId }),
      changes: listChanges(db, organizationId),
    };
  },
  act(db, { organizationId, changes }, values, by) {
    const form = parseForm(FORM, values);
    const decision = { ...by, reason: form.reason };
    if (form.act === 'rename') renameOrganization(db, organizationId, form.name, decision);
    else if (form.act === 'split') splitName(db, organizationId, nameKey(form.name), decision);
    else if (form.act === 'merge') mergeOrganizations(db, organizationId, form.into, decision);
    else {
      if (!changes.some(({ id }) => id === form.change)) throw new NotFoundError('没有这项变更');
      undoChange(db, form.change, by);
    }
    const { act, reason, ...rest } = form;
    return { reason, details: { act, ...rest } };
  },
};

/** Organizations by id, code or whole name. */
export function searchOrganizations(db: Db, words: string): { id: string; name: string; uscc: string | null }[] {
  const typed = words.trim();
  return typed === '' ? [] : SEARCH.all(db, { id: typed, uscc: typed.toUpperCase(), key: nameKey(typed) });
}
