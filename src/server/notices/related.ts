import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { noticeAliases, noticeParties, notices, sources } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { NoticeSummary, NoticeView } from '#src/domain/site/views.ts';
import { n } from './conditions.ts';
import { listSummariesById, SUMMARY_FIELDS, toNoticeSummary } from './row.ts';

const RELATED = 6;
const DUPLICATES = 5;

const OF_PROJECT = defineSelect((p: Params<{ projectId: string }>) => ({
  fields: SUMMARY_FIELDS,
  rest: sql`FROM ${named(n)} WHERE ${n.projectId} = ${p.projectId} ORDER BY ${n.publishedAt}, ${n.id}`,
}));

const { noticeId, role, name, publishedAt } = noticeParties;
const OF_BUYER = defineSelect((p: Params<{ buyer: string }>) => ({
  fields: { id: noticeId },
  rest: sql`FROM ${noticeParties} WHERE ${role} = 'buyer' AND ${name} = ${p.buyer}
    ORDER BY ${publishedAt} DESC, ${noticeId} DESC LIMIT 40`,
}));

const OF_COUNTY_AND_CATEGORY = defineSelect((p: Params<{ county: string; category: string }>) => ({
  fields: { id: n.id },
  rest: sql`FROM ${named(n)} WHERE ${n.county} = ${p.county} AND ${n.category} = ${p.category}
    ORDER BY ${n.publishedAt} DESC, ${n.id} DESC LIMIT 20`,
}));

const SAME_TEXT = defineSelect((p: Params<{ fingerprint: string; id: string }>) => ({
  fields: SUMMARY_FIELDS,
  rest: sql`FROM ${named(n)} WHERE ${n.fingerprint} = ${p.fingerprint} AND ${n.id} <> ${p.id}
    ORDER BY ${n.publishedAt} DESC LIMIT ${sql.raw(String(DUPLICATES))}`,
}));

const t = aliased(notices, 't');
const a = aliased(noticeAliases, 'a');
const TWINS = defineSelect((p: Params<{ id: string }>) => ({
  fields: { sourceName: sources.name, url: t.sourceUrl },
  rest: sql`FROM ${named(t)} JOIN ${sources} ON ${sources.key} = ${t.sourceKey}
    WHERE ${t.canonicalId} = ${p.id} AND ${t.withdrawnAt} IS NULL
    UNION
    SELECT ${sources.name}, ${a.url} FROM ${named(a)} JOIN ${sources} ON ${sources.key} = ${a.sourceKey}
    WHERE ${a.noticeId} = ${p.id} AND ${a.url} IS NOT NULL
      AND ${a.url} IS NOT (SELECT ${notices.sourceUrl} FROM ${notices} WHERE ${notices.id} = ${p.id})`,
}));

/** All public notices of a project, oldest first. */
export function listProjectNotices(db: Db, projectId: string): NoticeSummary[] {
  return OF_PROJECT.all(db, { projectId }).map(toNoticeSummary);
}

/** Newest notices of the same buyer, then of the same county and category; the notice's own project is left out. */
export function listRelated(db: Db, notice: NoticeSummary): NoticeSummary[] {
  const { buyer, county, category } = notice;
  const sameBuyer = buyer ? OF_BUYER.all(db, { buyer }) : [];
  const neighbours = OF_COUNTY_AND_CATEGORY.all(db, { county, category });
  const ids = [...new Set([...sameBuyer, ...neighbours].map(({ id }) => id))];
  return listSummariesById(db, ids)
    .filter((other) => other.projectId !== notice.projectId)
    .slice(0, RELATED);
}

/** Notices with the same text fingerprint in other projects: a person should compare them. */
export function listPossibleDuplicates(db: Db, { id }: NoticeSummary, fingerprint: string): NoticeSummary[] {
  return fingerprint ? SAME_TEXT.all(db, { fingerprint, id }).map(toNoticeSummary) : [];
}

/** The same notice at other sites: rows folded into this one, and aliases with an address of their own. */
export function listDuplicates(db: Db, id: string): NoticeView['alsoPublishedAt'] {
  return TWINS.all(db, { id });
}
