import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { notices, noticeTexts, possibleDuplicates, sources } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { ConflictError, NotFoundError } from '#src/domain/errors.ts';
import { getPair, keepApart, mergeNotices } from '#src/publish/notices/decide-duplicate.ts';
import { type Owned, parseForm, type WorkList } from '../list.ts';
import { reasonField } from './reason.ts';

const NOTICE = {
  id: notices.id,
  title: notices.title,
  category: notices.category,
  stage: notices.stage,
  county: notices.county,
  publishedAt: notices.publishedAt,
  projectCode: notices.projectCode,
  lotCode: notices.lotCode,
  amountFen: notices.amountFen,
  sourceUrl: notices.sourceUrl,
  sourceName: sources.name,
  isPublic: notices.isPublic,
  body: noticeTexts.body,
};
export type PairedNotice = Omit<RowOf<typeof NOTICE>, 'body'> & { body: string };

/** Two public notices that may be the same one. */
export interface DuplicatePair extends Owned {
  list: 'duplicates';
  id: string;
  state: 'open' | 'merged' | 'apart';
  likeness: 'text' | 'title';
  notice: PairedNotice;
  other: PairedNotice;
}

const d = aliased(possibleDuplicates, 'd');
const n = aliased(notices, 'n');
interface Wanted {
  county: County | null;
  since: string;
  noticeId: string;
  otherId: string;
  limit: number;
}
const ROWS = defineSelect((p: Params<Wanted>) => ({
  fields: {
    noticeId: d.noticeId,
    otherId: d.otherId,
    since: d.foundAt,
    county: d.county,
    likeness: d.likeness,
    title: n.title,
  },
  rest: sql`FROM ${named(d)} INDEXED BY possible_duplicates_open CROSS JOIN ${named(n)} ON ${n.id} = ${d.noticeId}
    WHERE ${d.state} = 'open' AND (${d.foundAt}, ${d.noticeId}, ${d.otherId}) > (${p.since}, ${p.noticeId}, ${p.otherId})
      AND (${p.county} IS NULL OR ${d.county} = ${p.county} OR ${d.otherCounty} = ${p.county})
    ORDER BY ${d.foundAt}, ${d.noticeId}, ${d.otherId} LIMIT ${p.limit}`,
}));
const FIND = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select(NOTICE)
    .from(notices)
    .innerJoin(sources, eq(sources.key, notices.sourceKey))
    .leftJoin(noticeTexts, eq(noticeTexts.noticeId, notices.id))
    .where(eq(notices.id, p.id)),
);
const FORM = z.object({ act: z.enum(['merge', 'apart'], '请选择要做的操作'), reason: reasonField });

export const duplicates: WorkList<DuplicatePair> = {
  rows(db, { county, after: { since, id }, limit }) {
    const { noticeId, otherId } = partsOf(id);
    return ROWS.all(db, { county, since, noticeId, otherId, limit }).map((row) => ({
      id: `${row.noticeId}-${row.otherId}`,
      title: row.title,
      detail: row.likeness === 'text' ? '正文相同' : '不同网站的标题、环节和日期相同',
      county: row.county,
      since: row.since,
    }));
  },
  item: getDuplicate,
  act(db, { id, state }, values, by) {
    const { act, reason } = parseForm(FORM, values);
    if (state !== 'open' && !(state === 'merged' && act === 'apart'))
      throw new ConflictError('这一对刚被处理过，请看过再决定');
    (act === 'merge' ? mergeNotices : keepApart)(db, partsOf(id), by);
    return { reason, details: { act } };
  },
};

function partsOf(id: string): { noticeId: string; otherId: string } {
  const [noticeId = '', otherId = ''] = id.split('-');
  return { noticeId, otherId };
}

function getDuplicate(db: Db, id: string): DuplicatePair {
  const pair = partsOf(id);
  const { state, likeness } = getPair(db, pair);
  const [notice, other] = [FIND.first(db, { id: pair.noticeId }), FIND.first(db, { id: pair.otherId })];
  if (!notice || !other) throw new NotFoundError('没有这对公告');
  const shown = (row: NonNullable<typeof notice>): PairedNotice => ({ ...row, body: (row.body ?? '').slice(0, 1_500) });
  return {
    list: 'duplicates',
    ...{ id, state, likeness, notice: shown(notice), other: shown(other), title: notice.title },
    counties: [...new Set([notice.county, other.county])],
  };
}
