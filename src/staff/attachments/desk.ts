import { randomUUID } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { draftJustifications, uploads } from '#db/schema/files.ts';
import { UnfitFileError } from '#src/attachments/errors.ts';
import { type Intake, takeIn } from '#src/attachments/intake.ts';
import { cleanInto } from '#src/attachments/look/look.ts';
import { type FileRow, findFile, saveFile } from '#src/attachments/rows.ts';
import type { Received } from '#src/attachments/store.ts';
import type { ChangeChoice } from '#src/domain/attachments/cleaning.ts';
import { isCleanable } from '#src/domain/attachments/findings.ts';
import { toFileName } from '#src/domain/attachments/types.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { AnyContent } from '#src/domain/drafts/any-content.ts';
import { decide } from '#src/domain/drafts/decide.ts';
import { ConflictError, ForbiddenError, InputError, NotFoundError } from '#src/domain/errors.ts';
import { markFinds, maskFind } from '#src/domain/screening/mask.ts';
import type { Find } from '#src/domain/screening/screen-draft.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import { factsOf } from '../drafts/facts.ts';
import { applyEvent, assertSeen, contentOf, type DraftRow, getDraft, type SeenDraft } from '../drafts/store.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';
import { isAnswer, reasonOf } from './refusal.ts';
import { readScreening, type Screening } from './screening.ts';

interface Parts {
  db: Db;
  write: Write;
  calendar: WorkingCalendar;
  intake: Intake;
  /** Bytes of one file at most. */
  longestFile: number;
}

export type UploadRow = typeof uploads.$inferSelect;

/** A draft's attachments and what was found, as its page shows them. */
export interface DraftFiles {
  row: DraftRow;
  content: AnyContent;
  screening: Screening;
  /** The body as readers would see it, with what was found in it marked; null where nothing was. */
  marked: string | null;
  /** What is being received and what was not taken, the latest first. */
  uploads: UploadRow[];
}

const MOST_ATTACHMENTS = 200;
const UPLOADS_SHOWN = 20;

/** Attachments and screening of drafts. Each method asks the tables of rights and of transitions itself, at the action. */
export class AttachmentDesk {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Bytes of one file at most. */
  longest(): number {
    return this.#parts.longestFile;
  }

  /** @throws ForbiddenError, NotFoundError */
  files(session: Session, id: string): DraftFiles {
    const { db } = this.#parts;
    const row = this.#readable(db, session, id);
    const sent = db
      .select()
      .from(uploads)
      .where(eq(uploads.draftId, id))
      .orderBy(desc(uploads.startedAt))
      .limit(UPLOADS_SHOWN)
      .all();
    const content = contentOf(row);
    const screening = readScreening(db, row);
    const inBody = screening.finds.filter(({ part }) => part === 'body');
    return {
      ...{ row, content, screening },
      marked: inBody.length === 0 ? null : sanitizeBody(markFinds(content.bodyHtml, inBody)).html,
      uploads: sent.filter(({ state }) => state !== 'kept'),
    };
  }

  /** Asked before the first byte is read. @throws ForbiddenError, NotFoundError */
  assertMayUpload(session: Session, id: string): void {
    assertMay(session, 'draft.attach', this.#assertMayEdit(this.#parts.db, session, id).county);
  }

  /**
   * Receives a file for a draft and puts it behind its attachments: nothing is in memory whole. The row is there before the first byte, and
   * says what became of it. @throws ForbiddenError, NotFoundError, InputError with the reason for which it was not taken
   */
  async receive(session: Session, id: string, given: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
    const { intake, longestFile, write } = this.#parts;
    const name = toFileName(given);
    const upload = {
      id: randomUUID(),
      draftId: id,
      name: name || '（没有名称）',
      accountId: session.officer.accountId,
    };
    await write((db) => {
      assertMay(session, 'draft.attach', this.#assertMayEdit(db, session, id).county);
      db.insert(uploads)
        .values({ ...upload, state: 'receiving', startedAt: session.doer.now })
        .run();
    });
    try {
      if (name === '') throw new UnfitFileError('hostileName', '文件没有可用的名称');
      const received = await intake.store.receive(stream, longestFile);
      const file = await takeIn(intake, received, name);
      await this.#attach(session, upload, file);
    } catch (error) {
      const reason = reasonOf(error);
      await write((db) => this.#refuse(db, session, upload, reason));
      throw isAnswer(error)
        ? new InputError([{ name: 'file', message: `《${upload.name}》没有收下：${reason}` }])
        : error;
    }
  }

  /** Takes an attachment off a draft. The file stays sealed. @throws ForbiddenError, ConflictError */
  async detach(session: Session, seen: SeenDraft, sha256: string): Promise<void> {
    await this.#parts.write((db) => {
      const before = this.#seen(db, session, seen);
      const content = contentOf(before);
      const attachments = content.attachments.filter((file) => file.sha256 !== sha256);
      this.#edit(db, session, before, { ...content, attachments });
    });
  }

  /**
   * Puts a cleaned file in the place of an attachment; the original stays sealed.
   * @throws ForbiddenError, ConflictError, NotFoundError, InputError when nothing can be cleaned
   */
  async clean(session: Session, seen: SeenDraft, sha256: string, changes: ChangeChoice): Promise<void> {
    const { db, intake, longestFile, write } = this.#parts;
    const row = this.#seen(db, session, seen);
    assertMay(session, 'draft.clean', row.county);
    const { name } = this.#attachment(row, sha256);
    const file = findFile(db, sha256);
    if (!file?.findings.some((finding) => isCleanable(file.type, finding)))
      throw new InputError([{ name: 'form', message: '这个文件里没有可以自动清理的内容' }]);
    const received = await this.#cleaned(file, changes, longestFile);
    const made = await takeIn(intake, received, name).catch((error: unknown) => {
      throw isAnswer(error) ? new InputError([{ name: 'form', message: reasonOf(error) }]) : error;
    });
    await write((writing) => {
      const before = this.#seen(writing, session, seen);
      const content = contentOf(before);
      const { now } = session.doer;
      saveFile(writing, made, now);
      writing
        .insert(uploads)
        .values({
          ...{
            id: randomUUID(),
            draftId: seen.id,
            name,
            state: 'kept',
            sha256: made.sha256,
            cleanedFrom: sha256,
            changes,
          },
          ...{ accountId: session.officer.accountId, startedAt: now, finishedAt: now },
        })
        .run();
      const attachments = content.attachments.map((known) =>
        known.sha256 === sha256 ? { ...known, sha256: made.sha256 } : known,
      );
      this.#edit(writing, session, before, { ...content, attachments });
      recordAudit(writing, session.doer, {
        ...{ action: 'draft.clean', subject: `draft:${seen.id}`, county: before.county },
        ...{ before: sha256, after: made.sha256, details: { name, changes } },
      });
    });
  }

  /** Masks a find where it stands in the draft itself. @throws ForbiddenError, ConflictError, NotFoundError, InputError for one in a file */
  async mask(session: Session, seen: SeenDraft, key: string): Promise<void> {
    await this.#parts.write((db) => {
      const before = this.#seen(db, session, seen);
      const find = readScreening(db, before).finds.find((known) => known.key === key);
      if (!find) throw new NotFoundError('没有这处发现，可能已经处理');
      this.#edit(db, session, before, maskContent(contentOf(before), find));
    });
  }

  /**
   * Says why something that was found may be published all the same; what a reviewer has to have seen, a reviewer says.
   * @throws ForbiddenError, NotFoundError, ConflictError when somebody did already
   */
  async justify(session: Session, id: string, key: string, reason: string): Promise<void> {
    await this.#parts.write((db) => {
      const row = this.#readable(db, session, id);
      const { finds, files } = readScreening(db, row);
      const finding = files.flatMap((file) => file.findings).find((known) => known.key === key);
      const found = finding ?? finds.find((known) => known.key === key);
      if (!found) throw new NotFoundError('没有这处发现，可能已经处理');
      const action = finding?.level === 'tick' ? 'draft.tick' : 'draft.justify';
      assertMay(session, action, row.county);
      if (found.justification) throw new ConflictError('这处发现已由他人处理，请刷新后再看');
      const { accountId } = session.officer;
      const { now } = session.doer;
      db.insert(draftJustifications).values({ draftId: id, find: key, reason, accountId, at: now }).run();
      const rule = 'rule' in found ? found.rule : found.kind;
      recordAudit(db, session.doer, {
        ...{ action, subject: `draft:${id}`, county: row.county, reason },
        details: { find: key, rule },
      });
    });
  }

  /** Where a file that a draft names, or once named, lies: looking at what is not public is written down. @throws ForbiddenError, NotFoundError */
  async open(session: Session, id: string, sha256: string): Promise<{ path: string; file: FileRow; name: string }> {
    const { db, intake, write } = this.#parts;
    const row = this.#readable(db, session, id);
    const named = contentOf(row).attachments.find((file) => file.sha256 === sha256);
    const sent = db.select().from(uploads).where(eq(uploads.draftId, id)).all();
    const known = sent.find((upload) => upload.sha256 === sha256 || upload.cleanedFrom === sha256);
    const file = findFile(db, sha256);
    const name = named?.name ?? known?.name;
    if (!file || name === undefined) throw new NotFoundError('没有这个附件');
    await write((writing) =>
      recordAudit(writing, session.doer, {
        ...{ action: 'sealed.read', subject: `draft:${id}`, county: row.county, details: { file: sha256, name } },
      }),
    );
    return { path: intake.store.pathOf(sha256), file, name };
  }

  async #cleaned(file: FileRow, changes: ChangeChoice, limit: number): Promise<Received> {
    const { store } = this.#parts.intake;
    const empty = await store.receive(nothing(), limit);
    try {
      await cleanInto({ path: store.pathOf(file.sha256), type: file.type }, empty.path, changes);
      return await store.measure(empty.path);
    } catch (error) {
      await store.drop(empty);
      throw isAnswer(error) ? new InputError([{ name: 'form', message: reasonOf(error) }]) : error;
    }
  }

  async #attach(
    session: Session,
    upload: { id: string; draftId: string; name: string },
    file: Omit<FileRow, 'storedAt'>,
  ): Promise<void> {
    await this.#parts.write((db) => {
      const before = this.#assertMayEdit(db, session, upload.draftId);
      const content = contentOf(before);
      if (content.attachments.length >= MOST_ATTACHMENTS)
        throw new UnfitFileError('bomb', `附件最多 ${MOST_ATTACHMENTS} 个`);
      if (content.attachments.some(({ sha256 }) => sha256 === file.sha256))
        throw new UnfitFileError('doubleName', '这个文件已经在附件里');
      saveFile(db, file, session.doer.now);
      db.update(uploads)
        .set({ state: 'kept', sha256: file.sha256, finishedAt: new Date().toISOString() })
        .where(eq(uploads.id, upload.id))
        .run();
      const attachment = { sha256: file.sha256, name: upload.name };
      this.#edit(db, session, before, { ...content, attachments: [...content.attachments, attachment] });
      recordAudit(db, session.doer, {
        ...{ action: 'draft.attach', subject: `draft:${before.id}`, county: before.county, after: file.sha256 },
        details: { name: upload.name, size: file.size, scan: file.scan },
      });
    });
  }

  #refuse(db: Db, session: Session, upload: { id: string; draftId: string; name: string }, reason: string): void {
    const row = getDraft(db, upload.draftId);
    db.update(uploads)
      .set({ state: 'refused', reason, finishedAt: new Date().toISOString() })
      .where(eq(uploads.id, upload.id))
      .run();
    recordAudit(db, session.doer, {
      ...{ action: 'draft.refuseFile', subject: `draft:${row.id}`, county: row.county, reason },
      details: { name: upload.name },
    });
  }

  /** @throws ForbiddenError, NotFoundError */
  #readable(db: Db, session: Session, id: string): DraftRow {
    const row = getDraft(db, id);
    assertMay(session, 'draft.list', row.county);
    return row;
  }

  #assertMayEdit(db: Db, session: Session, id: string): DraftRow {
    const row = this.#readable(db, session, id);
    assertMay(session, 'draft.edit', row.county);
    const decision = decide(factsOf(db, row), 'edit', { officer: session.officer });
    if (!decision.ok) throw new ForbiddenError(decision.message, decision.refusal);
    return row;
  }

  /** @throws ForbiddenError, ConflictError when the draft was moved since it was seen */
  #seen(db: Db, session: Session, seen: SeenDraft): DraftRow {
    const row = this.#assertMayEdit(db, session, seen.id);
    assertSeen(db, row, seen);
    return row;
  }

  #attachment(row: DraftRow, sha256: string): AnyContent['attachments'][number] {
    const found = contentOf(row).attachments.find((file) => file.sha256 === sha256);
    if (!found) throw new NotFoundError('没有这个附件');
    return found;
  }

  #edit(db: Db, session: Session, before: DraftRow, content: AnyContent): void {
    const effect = { content: { content, authorId: session.officer.accountId } };
    applyEvent(db, session.doer, { before, event: 'edit', reason: '', effect }, this.#parts.calendar);
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array();
}

/** @throws InputError for what stands in a file */
function maskContent(content: AnyContent, find: Find): AnyContent {
  const masked = (source: string) => maskFind(source, find);
  if (find.part === 'title') return { ...content, title: masked(content.title) };
  if (find.part === 'body') return { ...content, bodyHtml: masked(content.bodyHtml) };
  if (find.part === 'attachmentName') {
    const attachments = content.attachments.map((file) =>
      file.sha256 === find.name ? { ...file, name: masked(file.name) } : file,
    );
    return { ...content, attachments };
  }
  throw new InputError([{ name: 'form', message: '这处不能自动遮蔽：请在表单或文件里改，或说明理由' }]);
}
