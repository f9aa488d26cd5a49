import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { attachments, noticeParties, noticeVersions, organizations } from '#db/schema/index.ts';
import { aliased, named, valuesOf } from '#db/sql-pieces.ts';
import type { NamedParty, PublishedNotice } from '#src/domain/notices/published-notice.ts';
import type { AttachmentView } from '#src/domain/site/views.ts';
import { n } from './conditions.ts';
import { pickFacts, SUMMARY_FIELDS, toNoticeSummary } from './row.ts';

const v = aliased(noticeVersions, 'v');
const p = aliased(noticeParties, 'p');
const o = aliased(organizations, 'o');

const NOTICES = defineSelect((given: Params<{ ids: string }>) => ({
  fields: {
    ...SUMMARY_FIELDS,
    agency: n.agency,
    lotCode: n.lotCode,
    sourceKey: n.sourceKey,
    sourceUrl: n.sourceUrl,
    updatedAt: n.updatedAt,
    hash: v.hash,
  },
  rest: sql`FROM ${named(n)} JOIN ${named(v)} ON ${v.noticeId} = ${n.id} AND ${v.version} = ${n.version}
    WHERE ${n.id} IN ${valuesOf(given.ids)}`,
}));
type PublishedRow = ReturnType<typeof NOTICES.all>[number];

const PARTIES = defineSelect((given: Params<{ ids: string }>) => ({
  fields: {
    noticeId: p.noticeId,
    role: p.role,
    name: p.name,
    organizationId: p.organizationId,
    /** A code that is known only of a name that looks the same would call one firm another. */
    uscc: sql<string | null>`coalesce(${p.uscc}, CASE WHEN ${p.matchedBy} IN ('code', 'reviewed') THEN ${o.uscc} END)`,
  },
  rest: sql`FROM ${named(p)} LEFT JOIN ${named(o)} ON ${o.id} = ${p.organizationId}
    WHERE ${p.noticeId} IN ${valuesOf(given.ids)} ORDER BY ${p.noticeId}, ${p.role}, ${p.name}`,
}));

const ATTACHMENTS = defineSelect((given: Params<{ ids: string }>) => ({
  fields: {
    noticeId: attachments.noticeId,
    name: attachments.name,
    url: attachments.url,
    mediaType: attachments.mediaType,
    size: attachments.size,
  },
  rest: sql`FROM ${attachments} WHERE ${attachments.noticeId} IN ${valuesOf(given.ids)}
    ORDER BY ${attachments.noticeId}, ${attachments.position}`,
}));

type OfNotice<Item> = Item & { noticeId: string };

/** The given public notices with all that data files say, in the order of `ids`; ids that are not public are left out. */
export function listPublishedNotices(db: Db, ids: readonly string[]): PublishedNotice[] {
  const wanted = { ids: JSON.stringify(ids) };
  const rows = new Map(NOTICES.all(db, wanted).map((row) => [row.id, row]));
  const parties = groupByNotice<NamedParty>(PARTIES.all(db, wanted));
  const attachments = groupByNotice<AttachmentView>(ATTACHMENTS.all(db, wanted));
  return ids.flatMap((id) => {
    const row = rows.get(id);
    return row ? [toPublishedNotice(row, parties.get(id) ?? [], attachments.get(id) ?? [])] : [];
  });
}

function groupByNotice<Item>(rows: OfNotice<Item>[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const { noticeId, ...item } of rows) {
    const group = groups.get(noticeId);
    if (group) group.push(item as Item);
    else groups.set(noticeId, [item as Item]);
  }
  return groups;
}

function toPublishedNotice(row: PublishedRow, parties: NamedParty[], attachments: AttachmentView[]): PublishedNotice {
  return {
    ...toNoticeSummary(row),
    projectId: row.projectId,
    facts: pickFacts(row.facts),
    agency: row.agency,
    lotCode: row.lotCode,
    sourceKey: row.sourceKey,
    sourceUrl: row.sourceUrl,
    updatedAt: row.updatedAt,
    hash: row.hash,
    attachments,
    parties,
  };
}
