import { randomUUID } from 'node:crypto';
import { and, count, desc, eq, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { drafts, draftTemplates, draftVersions, notices, noticeVersions } from '#db/schema/index.ts';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { fromFacts, toBeginning } from '#src/domain/drafts/begin-from.ts';
import type { DraftContent } from '#src/domain/drafts/content.ts';
import { ConflictError, NotFoundError } from '#src/domain/errors.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';

/** A kind of notice of a county. */
export interface Kind {
  county: County;
  category: Category;
  stage: Stage;
}

export interface Template extends Kind {
  id: string;
  name: string;
  at: Instant;
}

export interface EarlierNotice {
  id: string;
  title: string;
  county: County;
  publishedAt: Instant;
}

const MOST_FOUND = 20;
const MOST_TEMPLATES = 100;

/** What drafts are begun from: the county's templates, and earlier notices. */
export class BeginningDesk {
  readonly #db: Db;
  readonly #write: Write;

  constructor({ db, write }: { db: Db; write: Write }) {
    this.#db = db;
    this.#write = write;
  }

  /** Whether somebody may begin drafts. @throws ForbiddenError */
  assertMayBegin(session: Session): void {
    assertMay(session, 'draft.create', session.officer.county);
  }

  /** Templates of a county for a kind of notice, by name. @throws ForbiddenError */
  templates(session: Session, { county, category, stage }: Kind): Template[] {
    assertMay(session, 'draft.create', county);
    const { content: _content, authorId: _author, ...shown } = COLUMNS;
    return this.#db
      .select(shown)
      .from(draftTemplates)
      .where(ofKind({ county, category, stage }))
      .orderBy(draftTemplates.name)
      .limit(MOST_TEMPLATES)
      .all();
  }

  /** What a template begins a draft with. @throws ForbiddenError, NotFoundError */
  fromTemplate(session: Session, id: string): { county: County; content: DraftContent } {
    const { county, content } = this.#template(session, 'draft.create', id);
    return { county, content: JSON.parse(content) as DraftContent };
  }

  /** Keeps a content as a template of its kind; one of the same name is replaced. @throws ForbiddenError */
  async saveTemplate(session: Session, county: County, name: string, content: DraftContent): Promise<void> {
    assertMay(session, 'draft.template', county);
    const { category, stage } = content;
    const { now } = session.doer;
    const columns = {
      content: JSON.stringify(toBeginning(content, 'template')),
      at: now,
      authorId: session.officer.accountId,
    };
    await this.#write((db) => {
      const kind = { county, category, stage };
      const kept = db.select({ total: count() }).from(draftTemplates).where(ofKind(kind)).get();
      if ((kept?.total ?? 0) >= MOST_TEMPLATES)
        throw new ConflictError(`每个环节最多保存 ${MOST_TEMPLATES} 个模板，请先删除不用的`);
      db.insert(draftTemplates)
        .values({ ...kind, ...columns, name, id: randomUUID() })
        .onConflictDoUpdate({
          target: [draftTemplates.county, draftTemplates.category, draftTemplates.stage, draftTemplates.name],
          set: columns,
        })
        .run();
      recordAudit(db, session.doer, {
        ...{ action: 'draft.template', subject: `template:${county}/${category}/${stage}/${name}`, county },
        details: { saved: name },
      });
    });
  }

  /** @throws ForbiddenError, NotFoundError */
  async removeTemplate(session: Session, id: string): Promise<void> {
    const { county, category, stage, name } = this.#template(session, 'draft.template', id);
    await this.#write((db) => {
      db.delete(draftTemplates).where(eq(draftTemplates.id, id)).run();
      recordAudit(db, session.doer, {
        ...{ action: 'draft.template', subject: `template:${county}/${category}/${stage}/${name}`, county },
        details: { removed: name },
      });
    });
  }

  /** Public notices of a kind by words of their title or their project's code, the latest first. Those of every county are public. */
  findEarlier(session: Session, { county, category, stage }: Kind, words: string): EarlierNotice[] {
    assertMay(session, 'draft.create', county);
    const { id, title, publishedAt } = notices;
    const named = or(sql`instr(${title}, ${words}) > 0`, eq(notices.projectCode, words));
    return this.#db
      .select({ id, title, county: notices.county, publishedAt })
      .from(notices)
      .where(
        and(
          eq(notices.isPublic, 1),
          eq(notices.category, category),
          eq(notices.stage, stage),
          words === '' ? undefined : named,
        ),
      )
      .orderBy(desc(publishedAt))
      .limit(MOST_FOUND)
      .all();
  }

  /** What an earlier public notice begins a draft with: what its own draft said, where the console wrote it. @throws ForbiddenError, NotFoundError */
  fromNotice(session: Session, county: County, id: string): DraftContent {
    assertMay(session, 'draft.create', county);
    const own = this.#db
      .select({ content: draftVersions.content, county: drafts.county })
      .from(drafts)
      .innerJoin(draftVersions, and(eq(draftVersions.draftId, drafts.id), eq(draftVersions.version, drafts.version)))
      .innerJoin(notices, and(eq(notices.id, drafts.noticeId), eq(notices.isPublic, 1)))
      .where(eq(drafts.noticeId, id))
      .orderBy(desc(drafts.updatedAt))
      .limit(1)
      .get();
    if (own) return toBeginning(JSON.parse(own.content) as DraftContent, 'copy');
    const read = this.#db
      .select({ content: noticeVersions.content, facts: notices.facts })
      .from(notices)
      .innerJoin(
        noticeVersions,
        and(eq(noticeVersions.noticeId, notices.id), eq(noticeVersions.version, notices.version)),
      )
      .where(and(eq(notices.id, id), eq(notices.isPublic, 1)))
      .get();
    if (!read) throw new NotFoundError('没有这份公告，或者已经不公开');
    const { category, stage, title, bodyHtml } = JSON.parse(read.content) as NoticeContent;
    return fromFacts({ category, stage, title, bodyHtml, facts: read.facts });
  }

  #template(session: Session, permitted: 'draft.create' | 'draft.template', id: string) {
    const found = this.#db.select(COLUMNS).from(draftTemplates).where(eq(draftTemplates.id, id)).get();
    if (!found) throw new NotFoundError('没有这个模板');
    assertMay(session, permitted, found.county);
    return found;
  }
}

const COLUMNS = {
  id: draftTemplates.id,
  county: draftTemplates.county,
  category: draftTemplates.category,
  stage: draftTemplates.stage,
  name: draftTemplates.name,
  at: draftTemplates.at,
  content: draftTemplates.content,
  authorId: draftTemplates.authorId,
};

const ofKind = ({ county, category, stage }: Kind) =>
  and(eq(draftTemplates.county, county), eq(draftTemplates.category, category), eq(draftTemplates.stage, stage));
