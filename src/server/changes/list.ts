import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Fields, Params } from '#db/compile.ts';
import { toCursor } from '#db/epoch.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { exposureContents, noticeContents, organizationNames, redactions } from '#db/schema/index.ts';
import { noticeVersions, publishedNotices } from '#db/schema/notices.ts';
import type { Followed, Removal } from '#src/domain/changes.ts';
import type { ExposureContent } from '#src/domain/exposures/content.ts';
import type { ExposureEvent } from '#src/domain/exposures/life-cycle.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { LibraryItem } from '#src/domain/organizations/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { countAfter, lastChange, listAfter } from '#src/publish/changes/read.ts';
import { findRoot } from '#src/publish/organizations/records.ts';
import { findRemoval } from '#src/publish/removal/guard.ts';
import { e, inForce } from '../exposures/in-force.ts';
import { EXPOSURE_FIELDS, EXPOSURES_WITH_CONTENT, readContent, v } from '../exposures/row.ts';
import { LIBRARY_BLOCKS, type LibraryBlock, type LibraryTable } from '../organizations/library.ts';
import type { ChangeFeed, VersionRemovals } from './feed.ts';

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

const NOTICE_CHANGES: ChangeFeed<NoticePayload> = {
  subject: 'notice',
  findRemoval: (db, id) => findRemoval(db, 'notice', id),
  listHashes: (db, id) => NOTICE_HASHES.all(db, { id }).map(({ hash }) => hash),
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
  listHashes: (db, id) => EXPOSURE_HASHES.all(db, { id }).map(({ hash }) => hash),
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
interface ChangePayload {
  notices: NoticePayload;
  exposures: ExposurePayload;
  library: LibraryEntryPayload;
}

const FEEDS: { [Of in Followed]: ChangeFeed<ChangePayload[Of]> } = {
  notices: NOTICE_CHANGES,
  exposures: EXPOSURE_CHANGES,
  library: LIBRARY_CHANGES,
};

/** Something that changed, by its place in the order of the commits. */
interface ChangeRow {
  seq: number;
  id: string;
  at: Instant;
}

/** Something as it is public now, or that it is public no longer: then nothing of it. */
export type Change<Of extends Followed = 'notices'> = ChangeRow &
  (({ kind: 'upsert' } & ChangePayload[Of]) | { kind: 'remove'; removal?: Removal }) &
  Partial<VersionRemovals>;

export interface ChangePage<Of extends Followed = 'notices'> {
  items: Change<Of>[];
  /** Where to read on: a cursor, see `epoch.ts`. */
  next: string;
  /** The cursor of the newest change of all. */
  newest: string;
  /** Nothing had been committed beyond `next` when this was read. */
  upToDate: boolean;
}

/**
 * Changes of public content after a position. Positions are sequences that are given out inside the write transactions of a
 * database with one writer at a time: whoever sees a number has seen all lower ones, so nothing can appear behind a reader. Each
 * notice or entry comes once a page, as it is now: what was taken back since is never told again, and what changes again comes
 * again.
 */
export function listChanges<Of extends Followed>(
  db: Db,
  of: Of,
  since: number,
  limit: number,
  clock: () => Instant = () => new Date().toISOString(),
): ChangePage<Of> {
  const { subject, find, findRemoval, listHashes } = FEEDS[of];
  const tellVersions = (id: string, isPublic: boolean): Partial<VersionRemovals> => {
    if (!listHashes || (subject !== 'notice' && subject !== 'exposure')) return {};
    const removedVersions = REMOVED_VERSIONS.all(db, { subject, id });
    return removedVersions.length > 0 ? { removedVersions, keptHashes: isPublic ? listHashes(db, id) : [] } : {};
  };
  const read = () => {
    const rows = listAfter(db, subject, since, limit).map(({ seq, subjectId: id, at }): ChangeRow => ({ seq, id, at }));
    // Asked for after the rows: a date that ends a publication has passed for everybody who sees the row that says so.
    const now = clock();
    const latest = new Map(rows.map((row) => [row.id, row]));
    const toChange = (row: ChangeRow) => {
      const told = find(db, row.id, now);
      const removal = told ? undefined : findRemoval?.(db, row.id);
      const versions = removal ? {} : tellVersions(row.id, told !== undefined);
      const gone = { ...row, kind: 'remove', ...(removal ? { removal } : {}), ...versions };
      return (told ? { ...row, kind: 'upsert', ...told, ...versions } : gone) as Change<Of>;
    };
    return {
      items: [...latest.values()].sort((one, other) => one.seq - other.seq).map(toChange),
      next: toCursor(db, rows.at(-1)?.seq ?? since),
      newest: toCursor(db, lastChange(db, subject)),
      upToDate: rows.length < limit,
    };
  };
  return db.$client.transaction(read).deferred();
}

/** The position of the newest change of what is followed; 0 when there is none. */
export function newestOf(db: Db, of: Followed): number {
  return lastChange(db, FEEDS[of].subject);
}

/** How many changes of what is followed there are after a position. */
export function countBehind(db: Db, of: Followed, since: number): number {
  return countAfter(db, FEEDS[of].subject, since);
}
