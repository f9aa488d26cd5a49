import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { publishedNotices } from '#db/schema/notices.ts';
import { subscriptionDeliveries, subscriptionMessages } from '#db/schema/subscriptions.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { Stage } from '#src/domain/stages.ts';
import { listMaterialChanges, type MaterialChange } from '#src/domain/subscriptions/material-change.ts';
import type { NewsKind } from '#src/domain/subscriptions/news.ts';
import { isSameMoment, type Moment, type MomentPrecision, toMoment } from '#src/domain/time/moment.ts';
import type { Instant, TimePrecision } from '#src/domain/time/time.ts';
import { findVersionPair, type ReadContent } from './versions.ts';

/** A deadline before and after. */
export interface MovedMoment {
  from: Moment;
  to: Moment;
}

/** A notice that a message tells of, as it is public at the moment of sending. */
export interface PublicItem {
  kind: Exclude<NewsKind, 'withdrawn'>;
  id: string;
  title: string;
  category: Category;
  stage: Stage;
  county: County;
  publishedAt: Instant;
  publishedPrecision: TimePrecision;
  deadlineAt: Instant | null;
  deadlinePrecision: MomentPrecision | null;
  closesAt: Instant | null;
  /** The deadline that it moved: that of an earlier notice, or its own of an earlier version. */
  moved: MovedMoment | null;
  amountFen: number | null;
  changes: MaterialChange[];
}

/** A notice that is public no longer: nothing of it is said but that. */
export interface WithdrawnItem {
  kind: 'withdrawn';
  id: string;
}

export type MessageItem = PublicItem | WithdrawnItem;

const d = aliased(subscriptionDeliveries, 'd');
const e = aliased(subscriptionDeliveries, 'e');
const m = aliased(subscriptionMessages, 'm');
const n = aliased(publishedNotices, 'n');

/** A withdrawal is told to those who were told of the notice. */
const WAS_TOLD = sql<0 | 1>`EXISTS (SELECT 1 FROM ${named(e)} JOIN ${named(m)} ON ${m.id} = ${e.messageId}
  WHERE ${e.subscriptionId} = ${d.subscriptionId} AND ${e.noticeId} = ${d.noticeId} AND ${m.state} = 'sent')`;

/** All columns of the notice are null when it is not public. */
const ITEMS = defineSelect((p: Params<{ messageId: string; most: number }>) => ({
  fields: {
    id: d.noticeId,
    kinds: sql<string>`group_concat(${d.kind})`,
    /** Lowest and highest version that the message tells of. */
    first: sql<number>`min(${d.version})`,
    last: sql<number>`max(${d.version})`,
    isPublic: sql<0 | 1>`${n.id} IS NOT NULL`,
    title: n.title,
    category: n.category,
    stage: n.stage,
    county: n.county,
    publishedAt: n.publishedAt,
    publishedPrecision: n.publishedPrecision,
    deadlineAt: n.deadlineAt,
    deadlinePrecision: n.deadlinePrecision,
    closesAt: n.closesAt,
    projectId: n.projectId,
    amountFen: n.amountFen,
    /** Of the whole message, whatever the limit. */
    total: sql<number>`count(*) OVER ()`,
  },
  rest: sql`FROM ${named(d)} LEFT JOIN ${named(n)} ON ${n.id} = ${d.noticeId}
    WHERE ${d.messageId} = ${p.messageId} GROUP BY ${d.noticeId}
    HAVING ${n.id} IS NOT NULL OR (max(${d.kind} = 'withdrawn') AND ${WAS_TOLD})
    ORDER BY min(${d.createdAt}), ${n.publishedAt}, ${d.noticeId} LIMIT ${p.most}`,
}));
type Row = ReturnType<typeof ITEMS.all>[number];

/**
 * What a message says, one item a notice, at most so many, and how many there are in all. What was withdrawn since is left out, or
 * told as withdrawn to those who had been told of it; so the list may be empty.
 */
export function listMessageItems(
  db: Db,
  read: ReadContent,
  messageId: string,
  most: number,
): { items: MessageItem[]; total: number } {
  const rows = ITEMS.all(db, { messageId, most });
  const items = rows.map(
    (row): MessageItem => (row.isPublic ? toPublicItem(db, read, row) : { kind: 'withdrawn', id: row.id }),
  );
  return { items, total: rows[0]?.total ?? 0 };
}

const BEFORE = defineSelect((p: Params<{ projectId: string; noticeId: string }>) => ({
  fields: { deadlineAt: n.deadlineAt, deadlinePrecision: n.deadlinePrecision },
  rest: sql`FROM ${named(n)} WHERE ${n.projectId} = ${p.projectId} AND ${n.supersededBy} = ${p.noticeId}
    AND ${n.supersededHow} = 'deadline' ORDER BY ${n.publishedAt} DESC, ${n.id} LIMIT 1`,
}));

function toPublicItem(db: Db, read: ReadContent, row: Row): PublicItem {
  const { isPublic: _public, kinds, first, last, total: _total, projectId, ...notice } = row;
  const kind = (['created', 'restored'] as const).find((one) => kinds.includes(one)) ?? 'changed';
  const pair = kind === 'changed' ? findVersionPair(db, read, row.id, last, first - 1) : undefined;
  const [before, after] = pair?.map(({ facts }) => facts.deadline) ?? [];
  const moved =
    toMoved(toMoment(before?.instant, before?.precision), toMoment(after?.instant, after?.precision)) ??
    findMoved(db, { ...notice, projectId });
  return { ...notice, kind, moved, changes: pair ? listMaterialChanges(...pair) : [] };
}

function findMoved(
  db: Db,
  { id, projectId, deadlineAt, deadlinePrecision }: Pick<Row, 'id' | 'projectId' | 'deadlineAt' | 'deadlinePrecision'>,
): MovedMoment | null {
  const before = BEFORE.first(db, { projectId, noticeId: id });
  return toMoved(toMoment(before?.deadlineAt, before?.deadlinePrecision), toMoment(deadlineAt, deadlinePrecision));
}

const toMoved = (from: Moment | null, to: Moment | null): MovedMoment | null =>
  from && to && !isSameMoment(from, to) ? { from, to } : null;
