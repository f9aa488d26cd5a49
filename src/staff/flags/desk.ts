import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import {
  disclosureDuties,
  flagDecisions,
  flagReplies,
  flags,
  organizationFlags,
  organizations,
  projects,
} from '#db/schema/index.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { InputError, NotFoundError } from '#src/domain/errors.ts';
import type { FlagDecision } from '#src/domain/flags/decisions.ts';
import type { Values } from '#src/domain/flags/process.ts';
import { FLAG_CODES, type FlagCode } from '#src/domain/flags/registry.ts';
import { lotSubject, organizationSubject } from '#src/domain/flags/views.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';

/** Rows of a page. */
const PAGE = 100;

/** What a page of the queue is narrowed to. */
export interface FlagQueue {
  code?: FlagCode | undefined;
  county?: County | undefined;
  /** Those that somebody has decided about as well. */
  isDecided: boolean;
}

/** An indicator that points at a lot or at organizations, as staff read it. */
export interface FlagItem {
  code: FlagCode;
  /** Under what decisions are kept. */
  subject: string;
  /** The project and its lot, or the organizations. */
  title: string;
  /** The project it is about; null for organizations. */
  projectId: string | null;
  county: County | null;
  month: string;
  numbers: Values;
  decisions: (typeof flagDecisions.$inferSelect)[];
  replies: (typeof flagReplies.$inferSelect)[];
}

/** A duty that was not met. */
export type OpenDuty = typeof disclosureDuties.$inferSelect & { title: string; buyerName: string | null };

/** What staff do about indicators and duties. Each method asks the table of rights itself. */
export class FlagDesk {
  readonly #db: Db;
  readonly #write: Write;

  constructor({ db, write }: { db: Db; write: Write }) {
    this.#db = db;
    this.#write = write;
  }

  /** Lots that indicators point at, the newest first, of the person's county or of all; at most a page. @throws ForbiddenError */
  queue(session: Session, { code, county, isDecided }: FlagQueue): FlagItem[] {
    const own = session.officer.county ?? county;
    assertMay(session, 'flag.list', own ?? null);
    const subject = sql`'lot ' || ${flags.project} || ' ' || ${flags.lot}`;
    const decided = sql`EXISTS (SELECT 1 FROM ${flagDecisions} WHERE ${flagDecisions.subject} = ${subject} AND ${flagDecisions.code} = ${flags.code})`;
    const rows = this.#db
      .select({ flag: flags, title: projects.title })
      .from(flags)
      .innerJoin(projects, eq(projects.id, flags.project))
      .where(
        and(
          code && eq(flags.code, code),
          own ? eq(flags.county, own) : undefined,
          isDecided ? undefined : sql`NOT ${decided}`,
        ),
      )
      .orderBy(desc(flags.month), asc(flags.project), asc(flags.lot), asc(flags.code))
      .limit(PAGE)
      .all();
    return rows.map(({ flag, title }) => this.#ofLot(flag, title));
  }

  /** Organizations, pairs and groups that indicators point at: for those who act for the whole city. @throws ForbiddenError */
  organizations(session: Session): FlagItem[] {
    assertMay(session, 'flag.list', session.officer.county);
    if (session.officer.county !== null) return [];
    const rows = this.#db
      .select()
      .from(organizationFlags)
      .where(eq(organizationFlags.state, 'flagged'))
      .limit(PAGE)
      .all();
    return rows.map((row) => this.#ofOrganizations(row));
  }

  /** One indicator of one subject, with everything that was decided and said. @throws ForbiddenError, NotFoundError */
  item(session: Session, code: string, subject: string): FlagItem {
    const found = this.#find(code, subject);
    assertMay(session, 'flag.list', found.county);
    return found;
  }

  /** Decides about an indicator. @throws ForbiddenError, NotFoundError, InputError */
  async decide(
    session: Session,
    { code, subject }: { code: string; subject: string },
    { decision, reason, referredTo }: { decision: FlagDecision; reason: string; referredTo: string },
  ): Promise<void> {
    const { county, code: known } = this.#find(code, subject);
    assertMay(session, 'flag.decide', county);
    if (decision === 'referred' && referredTo === '')
      throw new InputError([{ name: 'referredTo', message: '转办须写明转给哪个部门' }]);
    const { doer } = session;
    const to = decision === 'referred' ? referredTo : '';
    await this.#write((db) => {
      db.insert(flagDecisions)
        .values({ code: known, subject, county, decision, reason, referredTo: to, actor: doer.actor, at: doer.now })
        .run();
      recordAudit(db, doer, {
        action: 'flag.decide',
        subject: `${known} ${subject}`,
        county,
        reason,
        details: { decision, to },
      });
    });
  }

  /** Enters what those concerned say. @throws ForbiddenError, NotFoundError */
  async reply(
    session: Session,
    { code, subject }: { code: string; subject: string },
    said: { party: string; text: string; source: string; receivedOn: string },
  ): Promise<void> {
    const { county, code: known } = this.#find(code, subject);
    assertMay(session, 'flag.reply', county);
    const { doer } = session;
    await this.#write((db) => {
      db.insert(flagReplies)
        .values({ code: known, subject, county, ...said, actor: doer.actor, at: doer.now })
        .run();
      const { party, source } = said;
      recordAudit(db, doer, {
        action: 'flag.reply',
        subject: `${known} ${subject}`,
        county,
        details: { party, source },
      });
    });
  }

  /** Duties that fell due without being met, those that fell due last first. @throws ForbiddenError */
  duties(session: Session, county?: County): OpenDuty[] {
    const own = session.officer.county ?? county;
    assertMay(session, 'duty.list', own ?? null);
    const d = disclosureDuties;
    const rows = this.#db
      .select({ duty: d, title: projects.title, buyerName: projects.buyer })
      .from(d)
      .innerJoin(projects, eq(projects.id, d.project))
      .where(and(eq(d.state, 'missing'), own ? eq(d.county, own) : undefined))
      .orderBy(desc(d.dueOn), asc(d.project), asc(d.round), asc(d.part), asc(d.item))
      .limit(PAGE)
      .all();
    return rows.map(({ duty, title, buyerName }) => ({ ...duty, title, buyerName }));
  }

  #find(code: string, subject: string): FlagItem {
    const known = FLAG_CODES.find((each) => each === code);
    const [kind, ...rest] = subject.split(' ');
    if (known && kind === 'lot') {
      const [project = '', lot = ''] = [rest[0], rest.slice(1).join(' ')];
      const row = this.#db
        .select({ flag: flags, title: projects.title })
        .from(flags)
        .innerJoin(projects, eq(projects.id, flags.project))
        .where(and(eq(flags.code, known), eq(flags.project, project), eq(flags.lot, lot)))
        .get();
      if (row) return this.#ofLot(row.flag, row.title);
    } else if (known) {
      const row = this.#db
        .select()
        .from(organizationFlags)
        .where(
          and(
            eq(organizationFlags.code, known),
            sql`${organizationFlags.role} = ${kind}`,
            eq(organizationFlags.organizations, rest.join(' ')),
          ),
        )
        .get();
      if (row) return this.#ofOrganizations(row);
    }
    throw new NotFoundError('没有这项提示，或者公告变化后已不再提示');
  }

  #ofLot(flag: typeof flags.$inferSelect, title: string): FlagItem {
    const subject = lotSubject(flag.project, flag.lot);
    const named = flag.lotName === null ? title : `${title}（${flag.lotName}）`;
    const { code, county, month, numbers } = flag;
    return {
      code,
      subject,
      title: named,
      projectId: flag.project,
      county,
      month,
      numbers,
      ...this.#notes(code, subject),
    };
  }

  #ofOrganizations(row: typeof organizationFlags.$inferSelect): FlagItem {
    const subject = organizationSubject(row.role, row.organizations);
    const names = row.organizations
      .split(' ')
      .map(
        (id) =>
          this.#db.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, id)).get()
            ?.name ?? id,
      );
    const { code, numbers } = row;
    return {
      code,
      subject,
      title: names.join('、'),
      projectId: null,
      county: null,
      month: '',
      numbers,
      ...this.#notes(code, subject),
    };
  }

  #notes(code: FlagCode, subject: string): Pick<FlagItem, 'decisions' | 'replies'> {
    return {
      decisions: this.#db
        .select()
        .from(flagDecisions)
        .where(and(eq(flagDecisions.code, code), eq(flagDecisions.subject, subject)))
        .orderBy(desc(flagDecisions.id))
        .all(),
      replies: this.#db
        .select()
        .from(flagReplies)
        .where(and(eq(flagReplies.code, code), eq(flagReplies.subject, subject)))
        .orderBy(desc(flagReplies.id))
        .all(),
    };
  }
}
