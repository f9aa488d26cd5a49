import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { rawItems } from '#db/schema/index.ts';
import { isUscc } from '#src/domain/identifiers/uscc.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { BLOCKS, type Block, surnameOf } from '#src/publish/library/blocks.ts';
import {
  findEntryText,
  findTeller,
  type LibraryEntryRow,
  listMirrored,
  removeMirrored,
  writeEntry,
} from '#src/publish/library/rows.ts';
import { findLibraryOwner } from '#src/publish/organizations/library-owner.ts';
import { assertScreened, type MirroredChange, parseTold, rejected } from './change.ts';
import type { MirroredSubject, Taking } from './subject.ts';

type Value = string | number;

const KINDS: Record<Block['fields'][number]['kind'], z.ZodType<Value>> = {
  text: z.string().min(1).max(300),
  day: z.iso.date(),
  money: z.int(),
  surname: z.string().refine((text) => text !== '' && surnameOf(text) === text),
  url: z.url({ protocol: /^https?$/ }).max(2_000),
};

const ownerSchema = z.object({
  name: z.string().max(300),
  uscc: z.string().refine(isUscc).nullable(),
});

/** What the other portal tells of an entry of each block: exactly its columns. */
const SCHEMAS = new Map(
  BLOCKS.map((block) => {
    const fields = block.fields.map(({ column, kind, required }) => {
      return [column, required ? KINDS[kind] : KINDS[kind].nullable()] as const;
    });
    const entry = z.strictObject({
      source: z.string().min(1).max(200),
      checkedAt: z.iso.datetime({ precision: 3 }),
      ...Object.fromEntries(fields),
    });
    return [block.key as string, { block, told: z.object({ organization: ownerSchema, entry }) }];
  }),
);

const SETTLE = defineQuery((db, p: Params<{ sourceKey: string; sourceItemId: string }>) =>
  db
    .update(rawItems)
    .set({ state: 'accepted' })
    .where(
      and(
        eq(rawItems.sourceKey, p.sourceKey),
        eq(rawItems.sourceItemId, p.sourceItemId),
        eq(rawItems.state, 'rejected').inlineParams(),
      ),
    ),
);

/** Entries of another portal's company library. */
export const MIRRORED_LIBRARY: MirroredSubject = {
  of: 'library',
  upsert(change, taking) {
    const { id } = change;
    const { block, owner, ...told } = readTold(change);
    const known = findTeller(taking.db, block, id);
    // One that this portal's own registers, or another portal, gave stays theirs.
    if (known && known.mirror !== taking.mirror) return 'unchanged';
    if (isTaken(taking.db, block, id)) throw rejected('id', '编号已是另一类名录的条目', 'id');
    const found = findLibraryOwner(taking.db, owner, taking.context.now);
    if ('reason' in found) throw rejected('library', found.reason, 'organization');
    const row = { ...told, id, organizationId: found.organizationId, mirror: taking.mirror };
    const before = findEntryText(taking.db, block, id);
    writeEntry(taking.db, block, row);
    settle(taking);
    if (!known) return 'created';
    return findEntryText(taking.db, block, id) === before ? 'unchanged' : 'changed';
  },
  remove({ id }, { db, mirror }) {
    const removed = BLOCKS.map((block) => removeMirrored(db, block, id, mirror));
    return removed.includes(true) ? 'changed' : 'unchanged';
  },
  listHeld: (db, mirror) => BLOCKS.flatMap((block) => listMirrored(db, block, mirror)),
};

/** An id says what block an entry is of: an honest portal gives none twice. */
function isTaken(db: Db, block: Block, id: string): boolean {
  return BLOCKS.some((other) => other !== block && findTeller(db, other, id) !== undefined);
}

interface Told extends Pick<LibraryEntryRow, 'source' | 'checkedAt' | 'values'> {
  block: Block;
  owner: { name: string; key: string; uscc: string | null };
}

/** @throws ItemRejectedError when the entry is not in our form, of nobody, or holds personal numbers */
function readTold(change: MirroredChange): Told {
  const form = SCHEMAS.get(String(change.block));
  if (!form) throw rejected('invalid', '没有这一类名录', 'block');
  const { organization, entry } = parseTold(form.told, change);
  const key = nameKey(organization.name);
  if (key === '') throw rejected('invalid', '缺少企业名称', 'organization.name');
  const said: Record<string, unknown> = entry;
  const values = Object.fromEntries(form.block.fields.map(({ column }) => [column, said[column] as Value | null]));
  assertScreened([
    organization.name,
    entry.source,
    ...Object.values(values).filter((value) => typeof value === 'string'),
  ]);
  return {
    block: form.block,
    owner: { ...organization, key },
    source: entry.source,
    checkedAt: entry.checkedAt,
    values,
  };
}

/** Forms of the entry that were put aside need nobody's attention any more. */
function settle({ db, raw: { sourceKey, sourceItemId } }: Taking): void {
  SETTLE.run(db, { sourceKey, sourceItemId });
}
