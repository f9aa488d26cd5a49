import type { Db } from '#db/client.ts';
import { findRow, listRows, runStatement } from '#db/statements.ts';
import { readState, saveState } from '#db/states.ts';
import { toInterest } from '#src/domain/subscriptions/interest.ts';
import { InterestIndex } from '#src/domain/subscriptions/interest-index.ts';
import { type NewsKind, toNewsKind, type VersionEvent } from '#src/domain/subscriptions/news.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { lastChange } from '../changes/list.ts';
import { listIndexableRows } from '../search/document.ts';
import { toProspect } from './prospect.ts';
import { readFilter } from './subscription.ts';
import { findVersionPair, type ReadContent } from './versions.ts';

/** Where the notifier stands in the outbox. */
const CURSOR = 'notify.cursor';
const PAGE = 200;

interface Announcement extends VersionEvent {
  seq: number;
  noticeId: string;
  version: number;
}

interface Delivery {
  subscriptionId: string;
  noticeId: string;
  version: number;
  kind: NewsKind;
}

const ANNOUNCEMENTS = `
  SELECT o.seq, o.notice_id AS noticeId, o.version, v.reason, o.kind = 'notice.remove' AS isRemoval,
    v.published_at AS madeAt, o.created_at AS announcedAt, n.published_at AS publishedAt
  FROM outbox o JOIN notice_revisions v ON v.notice_id = o.notice_id AND v.version = o.version
    JOIN notices n ON n.id = o.notice_id
  WHERE o.seq > ? AND o.seq <= ? AND o.kind IN ('notice.upsert', 'notice.remove') ORDER BY o.seq`;
const LAST = 'SELECT max(seq) AS seq FROM (SELECT seq FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?)';
const INSERT = `INSERT INTO subscription_deliveries (subscription_id, notice_id, version, kind, created_at)
  SELECT id, ?, ?, ?, ? FROM subscriptions WHERE id = ? AND confirmed_at < ? ON CONFLICT DO NOTHING`;
const TOLD = 'SELECT DISTINCT subscription_id AS id FROM subscription_deliveries WHERE notice_id = ?';

/**
 * Holds the changes after the kept position against the subscriptions, and saves what each is to be told with the new position in one
 * transaction. A change counts for subscriptions that had been confirmed when it was made. Returns whether there were changes.
 */
export class OutboxFollower {
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
    const cursor = Number(readState(this.#db, CURSOR, '-1'));
    if (cursor < 0) {
      saveState(this.#db, CURSOR, String(lastChange(this.#db)));
      return false;
    }
    const last = findRow<{ seq: number | null }>(this.#db, LAST, [cursor, PAGE])?.seq;
    if (last === null || last === undefined) return false;
    this.#refresh();
    const announcements = listRows<Announcement>(this.#db, ANNOUNCEMENTS, [cursor, last]);
    const deliveries = announcements.flatMap((one) => this.#match(one).map((delivery) => ({ delivery, one })));
    this.#db.$client
      .transaction(() => {
        for (const { delivery, one } of deliveries) save(this.#db, delivery, one.madeAt, now);
        saveState(this.#db, CURSOR, String(last));
      })
      .immediate();
    return true;
  }

  #match(announcement: Announcement): Delivery[] {
    const { noticeId, version } = announcement;
    const event = { ...announcement, isRemoval: Boolean(announcement.isRemoval) };
    const kind = toNewsKind(event, () => findVersionPair(this.#db, this.#read, noticeId, version));
    if (!kind) return [];
    return this.#listInterested(noticeId, kind, announcement.madeAt).map((subscriptionId) => ({
      subscriptionId,
      noticeId,
      version,
      kind,
    }));
  }

  /** A withdrawal is for those who have been told of the notice: to others it would say what is public no longer. */
  #listInterested(noticeId: string, kind: NewsKind, at: Instant): string[] {
    if (kind === 'withdrawn') return listRows<{ id: string }>(this.#db, TOLD, [noticeId]).map(({ id }) => id);
    const [row] = listIndexableRows(this.#db, [noticeId]);
    return row ? this.#index.find(toProspect(row), at) : [];
  }

  /** Makes the index anew when subscriptions were confirmed or stopped. */
  #refresh(): void {
    const sql = `SELECT count(*) || ' ' || coalesce(max(confirmed_at), '') AS stamp
      FROM subscriptions WHERE confirmed_at IS NOT NULL`;
    const stamp = findRow<{ stamp: string }>(this.#db, sql)?.stamp ?? '';
    if (stamp === this.#stamp) return;
    const rows = listRows<{ id: string; filter: string }>(
      this.#db,
      'SELECT id, filter FROM subscriptions WHERE confirmed_at IS NOT NULL',
    );
    this.#index = new InterestIndex(rows.map(({ id, filter }) => ({ id, interest: toInterest(readFilter(filter)) })));
    this.#stamp = stamp;
  }
}

function save(db: Db, { subscriptionId, noticeId, version, kind }: Delivery, madeAt: Instant, now: Instant): void {
  runStatement(db, INSERT, [noticeId, version, kind, now, subscriptionId, madeAt]);
}
