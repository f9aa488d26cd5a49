import { and, asc, count, desc, eq, gt, isNull, type SQL } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { feedReviews, trustRules } from '#db/schema/feed-reviews.ts';
import { rawItems, sources } from '#db/schema/index.ts';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { InputError, NotFoundError } from '#src/domain/errors.ts';
import { refusalOf } from '#src/domain/staff/permissions.ts';
import type { Stage } from '#src/domain/stages.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';
import { CONSOLE_ADAPTER } from '#src/publish/console-source.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';

/** What waits, from whom, and why it does beside the source's own rule; '' for nothing. */
export type ReviewRow = typeof feedReviews.$inferSelect & { sourceName: string; why: string };
export type TrustRow = typeof trustRules.$inferSelect & { sourceName: string };
export interface FeedSource {
  key: string;
  name: string;
  county: County;
  release: 'automatic' | 'review';
  waiting: number;
}

/** One form of an item of a source. */
export interface ReviewKey {
  sourceKey: string;
  sourceItemId: string;
  contentHash: string;
}

export interface NewTrust {
  sourceKey: string;
  category: Category | null;
  stage: Stage | null;
  expiresAt: Instant;
  reason: string;
}

/** Items of a page. */
export const REVIEW_PAGE = 50;
/** Longest that a source is trusted without being thought of again. */
const LONGEST_TRUST_DAYS = 366;

/** What the console does with what sources bring: which wait to be looked at, what is let through. Each method asks the table of rights. */
export class FeedDesk {
  readonly #db: Db;
  readonly #write: Write;

  constructor({ db, write }: { db: Db; write: Write }) {
    this.#db = db;
    this.#write = write;
  }

  /** What waits, the oldest first. @throws ForbiddenError */
  waiting(session: Session, page = 1): { items: ReviewRow[]; total: number } {
    const { county } = session.officer;
    assertMay(session, 'feed.review', county);
    const condition = waitingIn(county);
    const items = this.#db
      .select({ review: feedReviews, sourceName: sources.name })
      .from(feedReviews)
      .innerJoin(sources, eq(sources.key, feedReviews.sourceKey))
      .where(condition)
      .orderBy(asc(feedReviews.heldAt), asc(feedReviews.sourceKey), asc(feedReviews.sourceItemId))
      .limit(REVIEW_PAGE)
      .offset((page - 1) * REVIEW_PAGE)
      .all();
    return {
      items: items.map(({ review, sourceName }) => ({ ...review, sourceName, why: this.#whyHeld(review) })),
      total: this.#count(condition),
    };
  }

  /** How many items wait for the person; none for those who review nothing. */
  count({ officer }: Session): { total: number; isOverdue: boolean } {
    const isRefused = refusalOf(officer, 'feed.review', officer.county) !== null;
    return { total: isRefused ? 0 : this.#count(waitingIn(officer.county)), isOverdue: false };
  }

  #count(condition: SQL | undefined): number {
    return this.#db.select({ total: count() }).from(feedReviews).where(condition).get()?.total ?? 0;
  }

  #whyHeld({ sourceKey, sourceItemId, contentHash }: ReviewKey): string {
    const kept = this.#db
      .select({ reasons: rawItems.reasons })
      .from(rawItems)
      .where(
        and(
          eq(rawItems.sourceKey, sourceKey),
          eq(rawItems.sourceItemId, sourceItemId),
          eq(rawItems.contentHash, contentHash),
        ),
      )
      .get();
    return kept?.reasons.find(({ code }) => code === 'repeats-taken-back')?.message ?? '';
  }

  /** Lets items through, or not, all of them or none; the worker publishes what was let through. @throws ForbiddenError, InputError */
  async decide(
    session: Session,
    keys: readonly ReviewKey[],
    { state, reason }: { state: 'released' | 'refused'; reason: string },
  ): Promise<number> {
    if (keys.length === 0) throw new InputError([{ name: 'item', message: '请至少选择一条' }]);
    if (state === 'refused' && reason.length < 2)
      throw new InputError([{ name: 'reason', message: '不予发布的请写明理由' }]);
    return this.#write((db) => keys.filter((key) => this.#decideOne(db, session, key, { state, reason })).length);
  }

  /** Returns false for what somebody else has decided meanwhile. */
  #decideOne(
    db: Db,
    session: Session,
    key: ReviewKey,
    { state, reason }: { state: 'released' | 'refused'; reason: string },
  ): boolean {
    const isIt = and(
      eq(feedReviews.sourceKey, key.sourceKey),
      eq(feedReviews.sourceItemId, key.sourceItemId),
      eq(feedReviews.contentHash, key.contentHash),
    );
    const row = db.select().from(feedReviews).where(isIt).get();
    if (!row) throw new NotFoundError('没有这条待审内容');
    assertMay(session, 'feed.review', row.county);
    const { now } = session.doer;
    const { changes } = db
      .update(feedReviews)
      .set({ state, reason, decidedBy: session.officer.accountId, decidedAt: now })
      .where(and(isIt, eq(feedReviews.state, 'waiting')))
      .run();
    if (changes === 0) return false;
    recordAudit(db, session.doer, {
      ...{ action: 'feed.review', subject: `feed:${key.sourceKey}/${key.sourceItemId}`, county: row.county },
      ...{ after: key.contentHash, reason },
      details: { title: row.title, state },
    });
    return true;
  }

  /** Sources of the person's county, with how each is published. @throws ForbiddenError */
  sources(session: Session): FeedSource[] {
    const { county } = session.officer;
    assertMay(session, 'feed.review', county);
    const rows = this.#db
      .select({
        key: sources.key,
        name: sources.name,
        county: sources.county,
        release: sources.release,
        adapter: sources.adapter,
      })
      .from(sources)
      .where(county === null ? undefined : eq(sources.county, county))
      .orderBy(asc(sources.key))
      .all();
    const waiting = new Map(
      this.#db
        .select({ key: feedReviews.sourceKey, total: count() })
        .from(feedReviews)
        .where(eq(feedReviews.state, 'waiting'))
        .groupBy(feedReviews.sourceKey)
        .all()
        .map(({ key, total }) => [key, total]),
    );
    return rows
      .filter(({ adapter }) => adapter !== CONSOLE_ADAPTER)
      .map(({ adapter: _adapter, ...row }) => ({ ...row, waiting: waiting.get(row.key) ?? 0 }));
  }

  /** Rules that trust sources at the moment. @throws ForbiddenError */
  rules(session: Session): TrustRow[] {
    const { county } = session.officer;
    assertMay(session, 'feed.review', county);
    const rows = this.#db
      .select({ rule: trustRules, sourceName: sources.name })
      .from(trustRules)
      .innerJoin(sources, eq(sources.key, trustRules.sourceKey))
      .where(
        and(
          isNull(trustRules.revokedAt),
          gt(trustRules.expiresAt, session.doer.now),
          county === null ? undefined : eq(sources.county, county),
        ),
      )
      .orderBy(desc(trustRules.id))
      .all();
    return rows.map(({ rule, sourceName }) => ({ ...rule, sourceName }));
  }

  /** Says whether what a source brings waits to be looked at. @throws ForbiddenError, NotFoundError, InputError */
  async setRelease(session: Session, key: string, release: 'automatic' | 'review', reason: string): Promise<void> {
    assertReason(reason);
    await this.#write((db) => {
      const { county, release: before } = this.#source(db, session, key);
      db.update(sources).set({ release }).where(eq(sources.key, key)).run();
      recordAudit(db, session.doer, {
        ...{ action: 'feed.trust', subject: `source:${key}`, county, reason },
        details: { before, after: release },
      });
    });
  }

  /** Trusts a source, or a part of it, until a day. @throws ForbiddenError, NotFoundError, InputError */
  async trust(session: Session, rule: NewTrust): Promise<void> {
    assertReason(rule.reason);
    const { now } = session.doer;
    if (rule.expiresAt <= now || rule.expiresAt > addDays(now, LONGEST_TRUST_DAYS))
      throw new InputError([{ name: 'until', message: '到期日须在今天以后一年以内' }]);
    await this.#write((db) => {
      const { county } = this.#source(db, session, rule.sourceKey);
      db.insert(trustRules)
        .values({ ...rule, accountId: session.officer.accountId, at: now })
        .run();
      const { category, stage, expiresAt } = rule;
      recordAudit(db, session.doer, {
        ...{ action: 'feed.trust', subject: `source:${rule.sourceKey}`, county, reason: rule.reason },
        details: { category: category ?? '', stage: stage ?? '', expiresAt },
      });
    });
  }

  /** Ends a rule before its day. @throws ForbiddenError, NotFoundError, InputError */
  async revoke(session: Session, id: number, reason: string): Promise<void> {
    assertReason(reason);
    await this.#write((db) => {
      const rule = db.select().from(trustRules).where(eq(trustRules.id, id)).get();
      if (!rule) throw new NotFoundError('没有这条规则');
      const { county } = this.#source(db, session, rule.sourceKey);
      db.update(trustRules).set({ revokedAt: session.doer.now }).where(eq(trustRules.id, id)).run();
      recordAudit(db, session.doer, {
        ...{ action: 'feed.trust', subject: `source:${rule.sourceKey}`, county, reason },
        details: { revoked: id },
      });
    });
  }

  #source(db: Db, session: Session, key: string): { county: County; release: FeedSource['release'] } {
    const row = db
      .select({ county: sources.county, release: sources.release })
      .from(sources)
      .where(eq(sources.key, key))
      .get();
    if (!row) throw new NotFoundError('没有这个来源');
    assertMay(session, 'feed.trust', row.county);
    return row;
  }
}

function assertReason(reason: string): void {
  if (reason.trim().length < 2) throw new InputError([{ name: 'reason', message: '请写明理由' }]);
}

const waitingIn = (county: County | null): SQL | undefined =>
  and(eq(feedReviews.state, 'waiting'), county === null ? undefined : eq(feedReviews.county, county));
