import { and, eq, isNotNull, lt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeRevisions, notices } from '#db/schema/notices.ts';
import { ingestRuns } from '#db/schema/sources.ts';
import { subscriptionDeliveries, subscriptions } from '#db/schema/subscriptions.ts';
import { aliased } from '#db/sql-pieces.ts';
import { toInterest } from '#src/domain/subscriptions/interest.ts';
import { InterestIndex } from '#src/domain/subscriptions/interest-index.ts';
import { type NewsKind, toNewsKind, type VersionEvent } from '#src/domain/subscriptions/news.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { beginAtEnd, follow } from '#src/publish/changes/follow.ts';
import type { Change } from '#src/publish/changes/read.ts';
import { listIndexableRows } from '../search/document.ts';
import { planOptions } from '../search/interpretation.ts';
import { toMatchableNotice } from './prospect.ts';
import { readFilter } from './subscription.ts';
import { findVersionPair, type ReadContent } from './versions.ts';

const PAGE = 200;
/** `2026-06-21T08`. */
const HOUR_OF_INSTANT = 13;

interface Announcement extends VersionEvent {
  noticeId: string;
  version: number;
}

interface Delivery {
  subscriptionId: string;
  noticeId: string;
  version: number;
  kind: NewsKind;
}

/** Another notice of the same project. */
const other = aliased(notices, 'other');
const VERSION = defineQuery((db, p: Params<{ noticeId: string; version: number }>) =>
  db
    .select({
      reason: noticeRevisions.reason,
      madeAt: noticeRevisions.publishedAt,
      publishedAt: notices.publishedAt,
      sourceSince: sql<
        string | null
      >`(SELECT min(${ingestRuns.startedAt}) FROM ${ingestRuns} WHERE ${ingestRuns.sourceKey} = ${notices.sourceKey})`,
    })
    .from(noticeRevisions)
    .innerJoin(notices, eq(notices.id, noticeRevisions.noticeId))
    .where(and(eq(noticeRevisions.noticeId, p.noticeId), eq(noticeRevisions.version, p.version))),
);
const INSERT = defineQuery((db, p: Params<Delivery & { madeAt: Instant; now: Instant }>) => {
  const row = {
    subscriptionId: subscriptions.id,
    noticeId: sql<string>`${p.noticeId}`.as('notice_id'),
    version: sql<number>`${p.version}`.as('version'),
    kind: sql<NewsKind>`${p.kind}`.as('kind'),
    createdAt: sql<string>`${p.now}`.as('created_at'),
    messageId: sql<null>`NULL`.as('message_id'),
  };
  const confirmed = and(eq(subscriptions.id, p.subscriptionId), lt(subscriptions.confirmedAt, p.madeAt));
  return db
    .insert(subscriptionDeliveries)
    .select(db.select(row).from(subscriptions).where(confirmed))
    .onConflictDoNothing();
});
const TOLD = defineQuery((db, p: Params<{ noticeId: string }>) =>
  db
    .selectDistinct({ id: subscriptionDeliveries.subscriptionId })
    .from(subscriptionDeliveries)
    .where(eq(subscriptionDeliveries.noticeId, p.noticeId)),
);
const MOVED = defineQuery((db, p: Params<{ noticeId: string }>) =>
  db
    .select({ id: other.id })
    .from(notices)
    .innerJoin(other, eq(other.projectId, notices.projectId))
    .where(and(eq(notices.id, p.noticeId), eq(other.supersededBy, p.noticeId), eq(other.supersededHow, 'deadline'))),
);
const CONFIRMED = defineQuery((db) =>
  db
    .select({ id: subscriptions.id, filter: subscriptions.filter })
    .from(subscriptions)
    .where(isNotNull(subscriptions.confirmedAt)),
);
const STAMP = defineQuery((db) =>
  db
    .select({ stamp: sql<string>`count(*) || ' ' || coalesce(max(${subscriptions.confirmedAt}), '')` })
    .from(subscriptions)
    .where(isNotNull(subscriptions.confirmedAt)),
);

/**
 * Holds the changes after the kept position against the subscriptions, and saves what each is to be told with the new position in one
 * transaction. A change counts for subscriptions that had been confirmed when it was made. Returns whether there were changes.
 */
export class ChangeFollower {
  readonly #db: Db;
  readonly #read: ReadContent;
  #index = new InterestIndex([]);
  #stamp = '';

  constructor(db: Db, read: ReadContent) {
    this.#db = db;
    this.#read = read;
  }

  /** Takes one page of changes in. The first time, it begins at the end: what was before anyone could subscribe is not news. */
  step(now: Instant): boolean {
    if (beginAtEnd(this.#db, 'notifier')) return false;
    const batch = follow(this.#db, 'notifier', PAGE);
    if (!batch) return false;
    this.#refresh(now);
    const announcements = batch.changes.flatMap((change) => this.#toAnnouncement(change));
    const deliveries = announcements.flatMap((one) => this.#match(one).map((delivery) => ({ delivery, one })));
    const save = () => {
      for (const { delivery, one } of deliveries) INSERT.run(this.#db, { ...delivery, madeAt: one.madeAt, now });
      batch.keep();
    };
    this.#db.$client.transaction(save).immediate();
    return true;
  }

  #toAnnouncement({ subjectId: noticeId, version, kind, at }: Change): Announcement[] {
    const row = version === null ? undefined : VERSION.first(this.#db, { noticeId, version });
    if (version === null || !row) return [];
    return [{ ...row, noticeId, version, isRemoval: kind === 'remove', announcedAt: at }];
  }

  #match(announcement: Announcement): Delivery[] {
    const { noticeId, version } = announcement;
    const kind = toNewsKind(announcement, () => findVersionPair(this.#db, this.#read, noticeId, version));
    if (!kind) return [];
    return this.#listInterested(noticeId, kind, announcement.madeAt).map((subscriptionId) => ({
      subscriptionId,
      noticeId,
      version,
      kind,
    }));
  }

  /**
   * A withdrawal is for those who have been told of the notice: to others it would say what is public no longer. What moves a deadline
   * is also for those whom the notice concerns whose deadline it was: a correction seldom repeats who buys what.
   */
  #listInterested(noticeId: string, kind: NewsKind, at: Instant): string[] {
    if (kind === 'withdrawn') return TOLD.all(this.#db, { noticeId }).map(({ id }) => id);
    const ids = [noticeId, ...MOVED.all(this.#db, { noticeId }).map(({ id }) => id)];
    const found = listIndexableRows(this.#db, ids).flatMap((row) => this.#index.find(toMatchableNotice(row), at));
    return [...new Set(found)];
  }

  /**
   * Makes the index anew when subscriptions were confirmed or stopped, and every hour: what a word stands for (synonyms, short names of
   * bodies) changes with what operators list and notices say.
   */
  #refresh(now: Instant): void {
    const stamp = `${STAMP.first(this.#db)?.stamp ?? ''} ${now.slice(0, HOUR_OF_INSTANT)}`;
    if (stamp === this.#stamp) return;
    const rows = CONFIRMED.all(this.#db);
    const options = planOptions(this.#db, now);
    const toEntry = ({ id, filter }: (typeof rows)[number]) => ({
      id,
      interest: toInterest(readFilter(filter), options),
    });
    this.#index = new InterestIndex(rows.map(toEntry));
    this.#stamp = stamp;
  }
}
