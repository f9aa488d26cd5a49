import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Fields, Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { exposureContents, noticeContents, organizationNames, redactions } from '#db/schema/index.ts';
import { noticeVersions, publishedNotices } from '#db/schema/notices.ts';
import type { ChangeSubject, Followed, Removal } from '#src/domain/changes.ts';
import type { ExposureContent } from '#src/domain/exposures/content.ts';
import type { ExposureEvent } from '#src/domain/exposures/life-cycle.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { LibraryItem } from '#src/domain/organizations/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { findRoot } from '#src/publish/organizations/records.ts';
import { findRemoval } from '#src/publish/removal/guard.ts';
import { e, inForce } from '../exposures/in-force.ts';
import { EXPOSURE_FIELDS, EXPOSURES_WITH_CONTENT, readContent, v } from '../exposures/row.ts';
import { LIBRARY_BLOCKS, type LibraryBlock, type LibraryTable } from '../organizations/library.ts';

/** That single versions were removed by law: whoever has copied them keeps those alone that are still shown. */
export interface VersionRemovals {
  removedVersions: ({ version: number } & Removal)[];
  /** Hashes of all versions that are still shown; none of what is public no longer. */
  keptHashes: string[];
}

/** One kind of public content that other portals follow. `Told` is what an upsert says of it. */
interface ChangeFeed<Told extends object> {
  subject: ChangeSubject;
  /** What is public of it at `now`; undefined when nothing is. */
  find(db: Db, id: string, now: Instant): Told | undefined;
  /** Its removal by law, where there can be one. */
  findRemoval?(db: Db, id: string): Removal | undefined;
  /** Its versions that were removed by law, where there are versions; nothing when there are none. */
  tellVersions?(db: Db, id: string, isPublic: boolean): Partial<VersionRemovals>;
}

/** A notice as it is public now. */
interface NoticePayload {
  version: number;
  hash: string;
  notice: NoticeContent;
}

// Text: a mirror that begins asks this of every notice.
const PUBLIC_NOTICE = defineSelect((p: Params<{ id: string }>) => ({
  fields: { version: publishedNotices.version, hash: noticeVersions.hash, content: noticeVersions.content },
  rest: sql`FROM ${publishedNotices} JOIN ${noticeVersions}
    ON ${noticeVersions.noticeId} = ${publishedNotices.id} AND ${noticeVersions.version} = ${publishedNotices.version}
    WHERE ${publishedNotices.id} = ${p.id}`,
}));

const NOTICE_HASHES = defineQuery((db, p: Params<{ id: string }>) =>
  db.select({ hash: noticeContents.hash }).from(noticeContents).where(eq(noticeContents.noticeId, p.id)),
);
const EXPOSURE_HASHES = defineQuery((db, p: Params<{ id: string }>) =>
  db.select({ hash: exposureContents.hash }).from(exposureContents).where(eq(exposureContents.exposureId, p.id)),
);
const REMOVED_VERSIONS = defineQuery((db, p: Params<{ subject: 'notice' | 'exposure'; id: string }>) =>
  db
    .select({ version: redactions.version, reason: redactions.reason, at: redactions.at })
    .from(redactions)
    .where(
      and(eq(redactions.subject, p.subject), eq(redactions.id, p.id), eq(redactions.kind, 'removed').inlineParams()),
    )
    .orderBy(asc(redactions.version)),
);

/** Tells of versions that were removed; hashes of those that are shown are of what is public alone. */
const tellVersionsOf =
  (subject: 'notice' | 'exposure', hashes: { all(db: Db, values: { id: string }): { hash: string }[] }) =>
  (db: Db, id: string, isPublic: boolean): Partial<VersionRemovals> => {
    const removedVersions = REMOVED_VERSIONS.all(db, { subject, id });
    if (removedVersions.length === 0) return {};
    return { removedVersions, keptHashes: isPublic ? hashes.all(db, { id }).map(({ hash }) => hash) : [] };
  };

const NOTICE_CHANGES: ChangeFeed<NoticePayload> = {
  subject: 'notice',
  findRemoval: (db, id) => findRemoval(db, 'notice', id),
  tellVersions: tellVersionsOf('notice', NOTICE_HASHES),
  find(db, id) {
    const row = PUBLIC_NOTICE.first(db, { id });
    return row && { version: row.version, hash: row.hash, notice: JSON.parse(row.content) as NoticeContent };
  },
};

/** An entry of the company library as the company's page shows it. */
interface LibraryEntryPayload {
  block: LibraryTable;
  organization: {
    /** As a register has it: another portal compares it with the names that its registers gave. */
    name: string;
    uscc: string | null;
  };
  entry: LibraryItem;
}

function defineEntry<Shown extends Fields>({ table, fields }: LibraryBlock<Shown>) {
  return defineSelect((p: Params<{ id: string }>) => ({
    fields: { ...fields, organization: table.organizationId },
    rest: sql`FROM ${table} WHERE ${table.id} = ${p.id}`,
  }));
}

/** What is told of an entry, and the organization that it was written for. */
type Owned = LibraryItem & { organization: string };

const ENTRIES: Record<LibraryTable, { first(db: Db, values: { id: string }): Owned | undefined }> = {
  qualifications: defineEntry(LIBRARY_BLOCKS.qualifications),
  achievements: defineEntry(LIBRARY_BLOCKS.achievements),
  honours: defineEntry(LIBRARY_BLOCKS.honours),
  staff_certificates: defineEntry(LIBRARY_BLOCKS.staff_certificates),
};

const { key, kind, known, name, organizationId } = organizationNames;
const REGISTERED_NAME = defineSelect((p: Params<{ id: string }>) => ({
  fields: { name },
  rest: sql`FROM ${organizationNames} WHERE ${organizationId} = ${p.id} AND ${known} <> 'notice'
    ORDER BY ${known} = 'library' DESC, ${kind} = 'current' DESC, ${key} LIMIT 1`,
}));

const LIBRARY_CHANGES: ChangeFeed<LibraryEntryPayload> = {
  subject: 'library',
  find(db, id) {
    for (const [block, query] of Object.entries(ENTRIES) as [LibraryTable, (typeof ENTRIES)[LibraryTable]][]) {
      const found = query.first(db, { id });
      if (!found) continue;
      const organization = findRoot(db, found.organization);
      if (!organization) return undefined;
      const { organization: _id, ...entry } = found;
      const registered = REGISTERED_NAME.first(db, { id: organization.id });
      return { block, organization: { name: registered?.name ?? organization.name, uscc: organization.uscc }, entry };
    }
    return undefined;
  },
};

/** An entry of the exposure board or the blacklist as it is public now. */
interface ExposurePayload {
  version: number;
  hash: string;
  exposure: ExposureContent;
  /** What has taken effect, by date. */
  events: ExposureEvent[];
  /** The source no longer lists the entry. */
  goneFromSource: boolean;
}

const PUBLIC_EXPOSURE = defineSelect((p: Params<{ id: string; now: Instant }>) => ({
  fields: { ...EXPOSURE_FIELDS, version: v.version, hash: v.hash, goneAt: e.goneAt },
  rest: sql`FROM ${EXPOSURES_WITH_CONTENT} WHERE ${e.id} = ${p.id} AND ${inForce(p.now)}`,
}));

/** Entries are public by date: whether one is told is decided when somebody asks. */
const EXPOSURE_CHANGES: ChangeFeed<ExposurePayload> = {
  subject: 'exposure',
  findRemoval: (db, id) => findRemoval(db, 'exposure', id),
  tellVersions: tellVersionsOf('exposure', EXPOSURE_HASHES),
  find(db, id, now) {
    const row = PUBLIC_EXPOSURE.first(db, { id, now });
    if (!row) return undefined;
    const { content, events } = readContent(row);
    return {
      version: row.version,
      hash: row.hash,
      exposure: content,
      events: events.filter(({ at }) => at <= now),
      goneFromSource: row.goneAt !== null,
    };
  },
};

/** What is told of each kind of public content. */
export interface ChangePayload {
  notices: NoticePayload;
  exposures: ExposurePayload;
  library: LibraryEntryPayload;
}

/** The feeds by the values of the parameter `of`. */
export const FEEDS: { [Of in Followed]: ChangeFeed<ChangePayload[Of]> } = {
  notices: NOTICE_CHANGES,
  exposures: EXPOSURE_CHANGES,
  library: LIBRARY_CHANGES,
};
