import { eq, getTableColumns, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { itemFixes, rawItems, sources } from '#db/schema/index.ts';
import { aliased, named, paramsOf } from '#db/sql-pieces.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { ConflictError, InputError, NotFoundError } from '#src/domain/errors.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { retryRejected } from '#src/ingest/retry.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { type ItemFields, loadOverlay, overlayOf } from '#src/publish/items/overlay.ts';
import type { Reason } from '#src/publish/items/reasons.ts';
import { draftHash } from '#src/publish/prepare/fingerprints.ts';
import { type Decided, type Owned, parseForm, type Scope, type WorkList, type WorkRow } from '../list.ts';
import { reasonField } from './reason.ts';

/** A rejected item as staff see it. */
export interface RejectedItem extends Owned {
  list: 'rejected';
  id: number;
  sourceKey: string;
  sourceName: string;
  sourceItemId: string;
  state: 'accepted' | 'rejected' | 'dismissed';
  receivedAt: Instant;
  attempts: number;
  reasons: Reason[];
  /** Address of the notice at the source. */
  url: string | null;
  noticeId: string | null;
  /** What can be put right, as the source gave it or as it was put right before; null for a row that was never readable. */
  fields: Required<ItemFields> | null;
}

const r = aliased(rawItems, 'r');
const s = aliased(sources, 's');
const ROWS = defineSelect((p: Params<{ county: County | null; since: string; id: number; limit: number }>) => ({
  fields: {
    id: r.id,
    since: r.receivedAt,
    listItem: r.listItem,
    sourceItemId: r.sourceItemId,
    reasons: r.reasons,
    county: s.county,
  },
  rest: sql`FROM ${named(r)} INDEXED BY raw_items_waiting CROSS JOIN ${named(s)} ON ${s.key} = ${r.sourceKey}
    WHERE ${r.state} = 'rejected' AND (${r.receivedAt}, ${r.id}) > (${p.since}, ${p.id})
      AND (${p.county} IS NULL OR ${s.county} = ${p.county})
    ORDER BY ${r.receivedAt}, ${r.id} LIMIT ${p.limit}`,
}));
const FIND = defineQuery((db, p: Params<{ id: number }>) =>
  db
    .select({
      id: rawItems.id,
      sourceKey: rawItems.sourceKey,
      sourceName: sources.name,
      county: sources.county,
      speaksForItself: sources.speaksForItself,
      sourceItemId: rawItems.sourceItemId,
      state: rawItems.state,
      receivedAt: rawItems.receivedAt,
      attempts: rawItems.attempts,
      reasons: rawItems.reasons,
      noticeId: rawItems.noticeId,
      listItem: rawItems.listItem,
    })
    .from(rawItems)
    .innerJoin(sources, eq(sources.key, rawItems.sourceKey))
    .where(eq(rawItems.id, p.id)),
);
const SET_STATE = defineQuery((db, p: Params<{ id: number; state: 'rejected' | 'dismissed' }>) =>
  db.update(rawItems).set({ state: p.state }).where(eq(rawItems.id, p.id)),
);
const { id: _id, ...FIX } = getTableColumns(itemFixes);
const ADD_FIX = defineQuery((db, p: Params<RowOf<typeof FIX>>) => db.insert(itemFixes).values(paramsOf(FIX, p)));

const FORM = z.discriminatedUnion(
  'act',
  [
    z.object({ act: z.literal('retry') }),
    z.object({ act: z.literal('dismiss'), reason: reasonField }),
    z.object({ act: z.literal('restore'), reason: reasonField }),
    z.object({
      act: z.literal('fix'),
      reason: reasonField,
      title: z.string().trim().min(4, '标题至少 4 个字').max(300, '标题太长'),
      published: z
        .string()
        .trim()
        .refine((text) => parseFeedTime(text) !== undefined, '请写成 2026-03-01 09:30'),
      category: z.enum(CATEGORY_SLUGS, '请选择交易类别'),
      stage: z.enum(['', ...STAGE_SLUGS], '没有这个环节').default(''),
      county: z.enum(['', ...COUNTY_SLUGS], '没有这个县区').default(''),
      projectCode: z.string().trim().max(100, '项目编号太长').default(''),
    }),
  ],
  '请选择要做的操作',
);

export const rejected: WorkList<RejectedItem> = {
  rows: (db, { county, after, limit }: Scope): WorkRow[] =>
    ROWS.all(db, { county, since: after.since, id: Number(after.id), limit }).map((row) => ({
      id: String(row.id),
      title: readDraft(row.listItem)?.title ?? row.sourceItemId,
      detail: row.reasons.map(({ message }) => message).join('；'),
      county: row.county,
      since: row.since,
    })),
  item: getItem,
  act(db, item, values, by): Decided {
    const form = parseForm(FORM, values);
    if (form.act === 'restore' ? item.state !== 'dismissed' : item.state !== 'rejected')
      throw new ConflictError('这个条目刚被处理过，请看过再决定');
    if (form.act === 'dismiss' || form.act === 'restore') {
      SET_STATE.run(db, { id: item.id, state: form.act === 'dismiss' ? 'dismissed' : 'rejected' });
      return { reason: form.reason, details: { act: form.act } };
    }
    const fixed = form.act === 'fix' ? fix(db, item, form, by) : [];
    const { accepted, deferred } = retryRejected(db, by.actor, { rawItemId: item.id });
    const result = accepted ? 'accepted' : deferred ? 'deferred' : 'rejected';
    const reason = form.act === 'fix' ? form.reason : '';
    return { reason, details: { act: form.act, fields: fixed.join(','), result } };
  },
};

type Fix = Extract<z.output<typeof FORM>, { act: 'fix' }>;

/** Writes down what was put right, as a layer over the item: what was received stays. Returns the fields. */
function fix(
  db: Db,
  item: RejectedItem,
  { act: _act, reason, ...given }: Fix,
  by: { actor: RowOf<typeof FIX>['actor']; now: Instant },
): string[] {
  const row = FIND.first(db, { id: item.id });
  const draft = row && readDraft(row.listItem);
  if (!draft || !item.fields) throw new InputError([{ name: 'form', message: '这个条目不能识读，只能不予收录' }]);
  const before = toFields(draft, {});
  const changed = Object.entries(given).filter(
    ([name, value]) => value !== '' && value !== before[name as keyof ItemFields],
  );
  ADD_FIX.run(db, {
    sourceKey: item.sourceKey,
    sourceItemId: item.sourceItemId,
    noticeId: noticeId(item.sourceKey, item.sourceItemId),
    listHash: draftHash(draft),
    fields: Object.fromEntries(changed),
    reason,
    actor: by.actor,
    at: by.now,
  });
  return changed.map(([name]) => name);
}

function getItem(db: Db, id: string): RejectedItem {
  const row = /^\d{1,15}$/.test(id) ? FIND.first(db, { id: Number(id) }) : undefined;
  if (!row) throw new NotFoundError('没有这个条目');
  const { listItem, county, speaksForItself, ...own } = row;
  const draft = readDraft(listItem);
  const overlay = loadOverlay(db, { key: row.sourceKey, speaksForItself });
  return {
    ...own,
    list: 'rejected',
    counties: [county],
    title: draft?.title ?? row.sourceItemId,
    url: draft?.url ?? null,
    fields: draft ? toFields(draft, overlayOf(overlay, draft).fields ?? {}) : null,
  };
}

function toFields(draft: NoticeDraft, fixed: ItemFields): Required<ItemFields> {
  return {
    title: draft.title,
    published: draft.published.raw,
    category: draft.mapping?.category ?? '',
    stage: draft.mapping && draft.mapping.stage !== 'mixed' ? draft.mapping.stage : '',
    county: '',
    projectCode: draft.projectCode ?? '',
    ...fixed,
  };
}

/** What was received of an item, byte for byte, for whoever may decide about it. It may hold personal data. */
export function rawTextOf(db: Db, id: number): string {
  const text = FIND.first(db, { id })?.listItem ?? '';
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The list entry of an item; undefined for a row that was never readable. */
function readDraft(text: string): NoticeDraft | undefined {
  try {
    const draft = JSON.parse(text) as NoticeDraft;
    return typeof draft?.sourceItemId === 'string' && typeof draft.title === 'string' ? draft : undefined;
  } catch {
    return undefined;
  }
}
