import { and, desc, eq, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { codeKeys, noticeLinks, notices, noticeTexts, publishedNotices, WORK_CONDITIONS } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { compactCode } from '#src/domain/identifiers/code-keys.ts';
import { CORRECTIONS } from '#src/domain/notices/correction.ts';
import { STAGE_SLUGS, type StageEffect, stageDefinition } from '#src/domain/stages.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { linkCorrection } from '#src/publish/corrections/link-correction.ts';
import { findLinked } from '#src/publish/notices/links.ts';
import { type Owned, parseForm, type WorkList } from '../list.ts';
import { reasonField } from './reason.ts';

/** A correction whose original nothing tells. */
export interface LoneCorrection extends Owned {
  list: 'corrections';
  id: string;
  county: County;
  publishedAt: Instant;
  projectCode: string | null;
  body: string;
  /** What staff said that it corrects. */
  originalId: string | null;
}

/** A notice that may be the original. */
export type Original = RowOf<typeof ORIGINAL>;

/** Notices that say something which a correction could correct. */
const IS_ORIGINAL: Record<StageEffect, boolean> = {
  calls: true,
  tells: true,
  proposes: true,
  explains: false,
  corrects: false,
  amends: true,
  suspends: false,
  resumes: false,
  fails: false,
  terminates: false,
};
const ORIGINALS = STAGE_SLUGS.filter((stage) => IS_ORIGINAL[stageDefinition(stage).effect]);

const n = aliased(notices, 'n');
const o = aliased(notices, 'o');
const l = aliased(noticeLinks, 'l');
interface Wanted {
  since: string;
  id: string;
  limit: number;
}
const FIELDS = { id: n.id, title: n.title, county: n.county, since: n.firstSeenAt };
/** Staff have said nothing, and no earlier notice of its project and lot could be the original. */
const IS_ALONE = sql`NOT EXISTS (SELECT 1 FROM ${named(l)} WHERE ${l.noticeId} = ${n.id})
  AND NOT EXISTS (SELECT 1 FROM ${named(o)} WHERE ${o.projectId} = ${n.projectId} AND ${o.publishedAt} <= ${n.publishedAt}
    AND ${o.isPublic} = 1 AND ${o.id} <> ${n.id} AND ${o.stage} IN (${sql.raw(ORIGINALS.map((stage) => `'${stage}'`).join(', '))})
    AND (${o.lotCode} IS NULL OR ${n.lotCode} IS NULL OR ${o.lotCode} = ${n.lotCode}))`;
const rest = (p: Params<Wanted>, index: SQL, county: SQL) =>
  sql`FROM ${named(n)} INDEXED BY ${index} WHERE ${WORK_CONDITIONS.correcting('n.')}${county} AND (${n.firstSeenAt}, ${n.id}) > (${p.since}, ${p.id})
    AND ${IS_ALONE} ORDER BY ${n.firstSeenAt}, ${n.id} LIMIT ${p.limit}`;
const ALL = defineSelect((p: Params<Wanted>) => ({
  fields: FIELDS,
  rest: rest(p, sql.raw('notices_correcting'), sql``),
}));
const OF_COUNTY = defineSelect((p: Params<Wanted & { county: County }>) => ({
  fields: FIELDS,
  rest: rest(p, sql.raw('notices_correcting_county'), sql` AND ${n.county} = ${p.county}`),
}));
const FIND = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({
      id: notices.id,
      title: notices.title,
      stage: notices.stage,
      county: notices.county,
      publishedAt: notices.publishedAt,
      projectCode: notices.projectCode,
      body: noticeTexts.body,
    })
    .from(notices)
    .innerJoin(noticeTexts, eq(noticeTexts.noticeId, notices.id))
    .where(eq(notices.id, p.id)),
);
const ORIGINAL = {
  id: publishedNotices.id,
  title: publishedNotices.title,
  stage: publishedNotices.stage,
  category: publishedNotices.category,
  county: publishedNotices.county,
  publishedAt: publishedNotices.publishedAt,
  projectCode: publishedNotices.projectCode,
};
const SEARCH = defineQuery(
  (db, p: Params<{ county: County; until: Instant; words: string; code: string; id: string }>) =>
    db
      .select(ORIGINAL)
      .from(publishedNotices)
      .where(
        and(
          eq(publishedNotices.county, p.county),
          lte(publishedNotices.publishedAt, p.until),
          ne(publishedNotices.id, p.id),
          sql`${publishedNotices.stage} NOT IN (${sql.raw([...CORRECTIONS].map((stage) => `'${stage}'`).join(', '))})`,
          or(
            sql`instr(${publishedNotices.title}, ${p.words}) > 0`,
            sql`${publishedNotices.id} IN (SELECT ${codeKeys.noticeId} FROM ${codeKeys} WHERE ${codeKeys.key} = ${p.code})`,
          ),
        ),
      )
      .orderBy(desc(publishedNotices.publishedAt))
      .limit(20),
);
const FORM = z.object({
  originalId: z.string('请选出原公告').regex(/^(?:none|[a-z0-9]{12})$/, '请选出原公告'),
  reason: reasonField,
});

export const corrections: WorkList<LoneCorrection> = {
  rows(db, { county, after, limit }) {
    const values = { ...after, limit };
    const rows = county === null ? ALL.all(db, values) : OF_COUNTY.all(db, { ...values, county });
    return rows.map((row) => ({ ...row, detail: '没有找到被更正的公告' }));
  },
  item(db, id) {
    const row = FIND.first(db, { id });
    if (!row || !CORRECTIONS.has(row.stage)) throw new NotFoundError('没有这条更正公告');
    const { stage: _stage, body, ...own } = row;
    return {
      list: 'corrections',
      ...own,
      counties: [row.county],
      body: body.slice(0, 3_000),
      originalId: findLinked(db, id)?.originalId ?? null,
    };
  },
  act(db, { id }, values, by) {
    const { originalId, reason } = parseForm(FORM, values);
    linkCorrection(db, { noticeId: id, originalId: originalId === 'none' ? null : originalId, reason }, by);
    return { reason, details: { originalId } };
  },
};

/** Notices of the same county before a correction whose title has some words, or whose code it is: the latest first. */
export function searchOriginals(db: Db, { id, county, publishedAt }: LoneCorrection, words: string): Original[] {
  const typed = words.trim();
  return typed.length < 2
    ? []
    : SEARCH.all(db, { id, county, until: publishedAt, words: typed, code: compactCode(typed) });
}
