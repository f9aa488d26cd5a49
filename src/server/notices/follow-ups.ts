import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { noticeLinks, publishedNotices } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { Category } from '#src/domain/categories.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { n } from './conditions.ts';

/** A public notice that says of itself that it is about another one: a correction, an explanation, a suspension, an end. */
export interface FollowUp {
  id: string;
  title: string;
  category: Category;
  stage: Stage;
  publishedAt: Instant;
}

const o = aliased(publishedNotices, 'o');
const l = aliased(noticeLinks, 'l');
const last = aliased(noticeLinks, 'last');

/** What a notice is linked to last counts; its project is its original's. */
const FOLLOWING = defineSelect((p: Params<{ id: string }>) => ({
  fields: { id: n.id, title: n.title, category: n.category, stage: n.stage, publishedAt: n.publishedAt },
  rest: sql`FROM ${named(o)} JOIN ${named(n)} ON ${n.projectId} = ${o.projectId} AND ${n.id} <> ${o.id}
    JOIN ${named(l)} ON ${l.noticeId} = ${n.id} AND ${l.originalId} = ${o.id}
      AND ${l.id} = (SELECT max(${last.id}) FROM ${named(last)} WHERE ${last.noticeId} = ${n.id})
    WHERE ${o.id} = ${p.id} ORDER BY ${n.publishedAt}, ${n.id}`,
}));

/** The public notices that are about a notice, the earliest first. */
export function listFollowUps(db: Db, id: string): FollowUp[] {
  return FOLLOWING.all(db, { id });
}
