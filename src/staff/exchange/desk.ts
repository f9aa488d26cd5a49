import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { and, desc, eq, gt, lt, lte, ne, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { exchangeRecords, exposureDrafts, exposures, exposureVersions } from '#db/schema/index.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { InputError } from '#src/domain/errors.ts';
import type { ExchangeDirection, ExchangeResult } from '#src/domain/exchange/exchange.ts';
import type { ExposureContent } from '#src/domain/exposures/content.ts';
import { normaliseDecisionNo } from '#src/domain/exposures/decision-number.ts';
import { toPushed } from '#src/domain/exposures/to-pushed.ts';
import { type ExchangeRow, recordExchange } from '#src/publish/exchange/record.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import { insertExposureDraft } from '../exposures/store.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';
import { type Delivery, type Department, deliver } from './departments.ts';
import { type HandedRecord, toForm } from './to-form.ts';

/** What of the log is asked for; everything that is given has to hold. */
export interface ExchangeFilter {
  direction?: ExchangeDirection | undefined;
  result?: ExchangeResult | undefined;
  partner?: string | undefined;
  decisionNo?: string | undefined;
}

/** A record of a file: read, or the reasons for which it could not be. */
export type FileRecord = { record: HandedRecord } | { reasons: string[] };

/** Where a file comes from or goes to. */
export interface Partner {
  county: County;
  /** The department's name. */
  partner: string;
}

/** Rows of a page of the log. */
const PAGE = 100;
/** Entries that are sent at a time. */
const BATCH = 100;

/** What the console exchanges with supervising departments. Each method asks the table of rights itself. */
export class ExchangeDesk {
  readonly #db: Db;
  readonly #write: Write;
  readonly #departments: readonly Department[];

  constructor({ db, write, departments }: { db: Db; write: Write; departments: readonly Department[] }) {
    this.#db = db;
    this.#write = write;
    this.#departments = departments;
  }

  /** A page of the log, the latest first, below a number: of the person's county or of all. @throws ForbiddenError */
  log(
    session: Session,
    filter: ExchangeFilter,
    before = Number.MAX_SAFE_INTEGER,
  ): { rows: ExchangeRow[]; hasMore: boolean } {
    const { county } = session.officer;
    assertMay(session, 'exchange.read', county);
    const { direction, result, partner, decisionNo } = filter;
    const rows = this.#db
      .select()
      .from(exchangeRecords)
      .where(
        and(
          lt(exchangeRecords.seq, before),
          county === null ? undefined : eq(exchangeRecords.county, county),
          direction && eq(exchangeRecords.direction, direction),
          result && eq(exchangeRecords.result, result),
          partner ? eq(exchangeRecords.partner, partner) : undefined,
          decisionNo ? eq(exchangeRecords.decisionKey, normaliseDecisionNo(decisionNo)) : undefined,
        ),
      )
      .orderBy(desc(exchangeRecords.seq))
      .limit(PAGE)
      .all();
    return { rows, hasMore: rows.length === PAGE };
  }

  /**
   * Takes a department's file in: each record becomes a draft that two people still have to release, or is found to be there already by
   * the number of its decision. @throws ForbiddenError, InputError for an empty file
   */
  async take(session: Session, from: Partner, records: readonly FileRecord[]): Promise<Record<string, number>> {
    assertMay(session, 'exchange.take', from.county);
    if (records.length === 0) throw new InputError([{ name: 'file', message: '文件里没有记录' }]);
    return this.#write((db) => {
      const tally: Record<string, number> = {};
      for (const each of records) {
        const result = takeOne(db, session, from, each);
        tally[result] = (tally[result] ?? 0) + 1;
      }
      recordAudit(db, session.doer, {
        ...{ action: 'exchange.take', subject: '', county: from.county },
        details: { partner: from.partner, ...tally },
      });
      return tally;
    });
  }

  /** @throws ForbiddenError for whoever may hand over nothing */
  assertMayGive(session: Session): void {
    assertMay(session, 'exchange.give', session.officer.county);
  }

  /** Hands over the entries of a county that are public, each written down. @throws ForbiddenError */
  async give(session: Session, { county, partner }: Partner): Promise<ExposureContent[]> {
    assertMay(session, 'exchange.give', county);
    const { doer } = session;
    return this.#write((db) => {
      const entries = listPublic(db, county, doer.now);
      for (const content of entries) {
        recordExchange(db, {
          ...{ at: doer.now, direction: 'out', channel: 'file', partner, county, actor: doer.actor, result: 'sent' },
          ...{ decisionNo: content.decisionNo, hash: hashOf(content), reasons: [], exposureId: content.id },
        });
      }
      const details = { partner, records: entries.length };
      recordAudit(db, doer, { action: 'exchange.give', subject: '', county, details });
      return entries;
    });
  }

  /** Departments that take entries by their interface. */
  departments(): string[] {
    return this.#departments.map(({ name }) => name);
  }

  /**
   * Sends a department the entries that are public, signed, but for those that it has taken as they are; each is written down with what
   * became of it. Returns how many met which end. @throws ForbiddenError, InputError for a department without an interface
   */
  async send(session: Session, { county, partner }: Partner): Promise<Record<string, number>> {
    assertMay(session, 'exchange.give', county);
    const department = this.#departments.find(({ name }) => name === partner);
    if (!department) throw new InputError([{ name: 'partner', message: '这个部门没有登记接口' }]);
    const waiting = listPublic(this.#db, county, session.doer.now).filter(
      (content) => !hasTaken(this.#db, partner, content),
    );
    const tally: Record<string, number> = {};
    for (let from = 0; from < waiting.length; from += BATCH) {
      const batch = waiting.slice(from, from + BATCH);
      const deliveries = await deliver(department, batch.map(toPushed));
      await this.#write((db) => {
        for (const [index, content] of batch.entries()) {
          // An answer that names fewer records than were sent has not taken the rest.
          const delivery = index < deliveries.length ? (deliveries[index] ?? null) : [];
          const result = noteSent(db, session, { county, partner }, content, delivery);
          tally[result] = (tally[result] ?? 0) + 1;
        }
        const details = { partner, records: batch.length };
        recordAudit(db, session.doer, { action: 'exchange.give', subject: '', county, details });
      });
    }
    return tally;
  }
}

/** Whether a department's interface has taken an entry as it is. */
function hasTaken(db: Db, partner: string, content: ExposureContent): boolean {
  const last = db
    .select({ hash: exchangeRecords.hash })
    .from(exchangeRecords)
    .where(
      and(
        eq(exchangeRecords.decisionKey, normaliseDecisionNo(content.decisionNo)),
        eq(exchangeRecords.partner, partner),
        eq(exchangeRecords.channel, 'api'),
        eq(exchangeRecords.result, 'sent'),
        eq(exchangeRecords.exposureId, content.id),
      ),
    )
    .orderBy(desc(exchangeRecords.seq))
    .get();
  return last?.hash === hashOf(content);
}

function noteSent(
  db: Db,
  { doer }: Session,
  { county, partner }: Partner,
  content: ExposureContent,
  delivery: Delivery,
): ExchangeResult {
  const result = delivery === null ? 'sent' : 'rejected';
  recordExchange(db, {
    ...{ at: doer.now, direction: 'out', channel: 'api', partner, county, actor: doer.actor, result },
    ...{ decisionNo: content.decisionNo, hash: hashOf(content), reasons: delivery ?? [], exposureId: content.id },
  });
  return result;
}

function takeOne(db: Db, session: Session, { county, partner }: Partner, each: FileRecord): ExchangeResult {
  const { doer, officer } = session;
  const base = {
    at: doer.now,
    direction: 'in',
    channel: 'file',
    partner,
    county,
    actor: doer.actor,
    hash: hashOf('record' in each ? each.record : each.reasons),
  } as const;
  if ('reasons' in each) {
    recordExchange(db, { ...base, decisionNo: '', result: 'rejected', reasons: each.reasons });
    return 'rejected';
  }
  const form = toForm(each.record, `${partner}提供的文件`);
  const { decisionNo } = form;
  if (decisionNo === '') {
    recordExchange(db, { ...base, decisionNo, result: 'rejected', reasons: ['没有决定书文号，无法查重'] });
    return 'rejected';
  }
  const known = findByDecision(db, decisionNo);
  if (known) {
    recordExchange(db, { ...base, decisionNo, result: 'duplicate', reasons: [], ...known });
    return 'duplicate';
  }
  const draft = insertExposureDraft(db, doer, { county, form, authorId: officer.accountId });
  recordExchange(db, { ...base, decisionNo, result: 'drafted', reasons: [], draftId: draft.id });
  return 'drafted';
}

/** The entry, or the draft that is not thrown away, of a decision's number; both are found by an index. */
export function findByDecision(db: Db, decisionNo: string): { exposureId: string } | { draftId: string } | undefined {
  const key = normaliseDecisionNo(decisionNo);
  if (key === '') return undefined;
  const entry = db.select({ id: exposures.id }).from(exposures).where(eq(exposures.decisionKey, key)).get();
  if (entry) return { exposureId: entry.id };
  const draft = db
    .select({ id: exposureDrafts.id })
    .from(exposureDrafts)
    .where(and(eq(exposureDrafts.decisionKey, key), sql`decision_key <> ''`, ne(exposureDrafts.state, 'discarded')))
    .get();
  return draft && { draftId: draft.id };
}

function listPublic(db: Db, county: County, now: string): ExposureContent[] {
  const rows = db
    .select({ content: exposureVersions.content })
    .from(exposures)
    .innerJoin(
      exposureVersions,
      and(eq(exposureVersions.exposureId, exposures.id), eq(exposureVersions.version, exposures.version)),
    )
    .where(
      and(
        // The city gives what every county has.
        county === 'jining' ? undefined : eq(exposures.county, county),
        eq(exposures.withheld, false),
        lte(exposures.publicFrom, now),
        gt(exposures.publicUntil, now),
      ),
    )
    .orderBy(desc(exposures.decisionDate), exposures.id)
    .all();
  return rows.map(({ content }) => JSON.parse(content) as ExposureContent);
}

const hashOf = (value: object): string =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
