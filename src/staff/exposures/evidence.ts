import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { exposureDrafts, exposureEvidence, files, staffAccounts } from '#db/schema/index.ts';
import { UnfitFileError } from '#src/attachments/errors.ts';
import { type Intake, takeIn } from '#src/attachments/intake.ts';
import { type FileRow, findFile, saveFile } from '#src/attachments/rows.ts';
import { toFileName } from '#src/domain/attachments/types.ts';
import { InputError, NotFoundError } from '#src/domain/errors.ts';
import { decideExposure } from '#src/domain/exposures/drafts/decide.ts';

import { assertMay } from '../assert-may.ts';
import { isAnswer, reasonOf } from '../attachments/refusal.ts';
import { recordAudit, recordReading } from '../audit.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';
import { refusalError } from './refusal.ts';
import {
  applyExposureEvent,
  assertSeenExposure,
  type ExposureDraftRow,
  exposureFactsOf,
  getExposureDraft,
  type SeenExposureDraft,
} from './store.ts';

/** A file by which a decision is proved. */
export interface Evidence {
  draftId: string;
  sha256: string;
  name: string;
  size: number;
  type: FileRow['type'];
  scan: FileRow['scan'];
  /** Who attached it, and when. */
  who: string;
  at: string;
}

const MOST_FILES = 20;

/** What counts as evidence of an entry, or of the draft that it is, the first first. */
export function listEvidence(db: Db, of: { draftId: string } | { exposureId: string }): Evidence[] {
  const { draftId, sha256, name, at } = exposureEvidence;
  return db
    .select({
      draftId,
      sha256,
      name,
      at,
      size: files.size,
      type: files.type,
      scan: files.scan,
      who: staffAccounts.displayName,
    })
    .from(exposureEvidence)
    .innerJoin(files, eq(files.sha256, sha256))
    .innerJoin(staffAccounts, eq(staffAccounts.id, exposureEvidence.accountId))
    .innerJoin(exposureDrafts, eq(exposureDrafts.id, draftId))
    .where(
      and(
        'draftId' in of ? eq(draftId, of.draftId) : eq(exposureDrafts.exposureId, of.exposureId),
        isNull(exposureEvidence.removedAt),
      ),
    )
    .orderBy(asc(at), asc(sha256))
    .all();
}

/**
 * The files by which decisions are proved: attached by whoever writes the entry, shown to whoever releases it, sealed from everybody else.
 * Each method asks the tables of rights and of transitions itself; a change of the evidence is a change of the draft, and has to be
 * released anew.
 */
export class EvidenceDesk {
  readonly #parts: { db: Db; write: Write; intake: Intake; longestFile: number };

  constructor(parts: { db: Db; write: Write; intake: Intake; longestFile: number }) {
    this.#parts = parts;
  }

  /** Bytes of one file at most. */
  longest(): number {
    return this.#parts.longestFile;
  }

  /** Asked before the first byte is read. @throws ForbiddenError, NotFoundError, InputError */
  assertMayUpload(session: Session, id: string): void {
    editable(this.#parts.db, session, id);
  }

  /** Receives a file as a stream. @throws ForbiddenError, NotFoundError, InputError with the reason for which it was not taken */
  async receive(session: Session, id: string, given: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
    const { intake, longestFile, write } = this.#parts;
    const name = toFileName(given);
    try {
      if (name === '') throw new UnfitFileError('hostileName', '文件没有可用的名称');
      const file = await takeIn(intake, await intake.store.receive(stream, longestFile), name);
      await write((db) => attach(db, session, id, { file, name }));
    } catch (error) {
      if (!isAnswer(error)) throw error;
      const reason = reasonOf(error);
      await write((db) => {
        const { county } = getExposureDraft(db, id);
        const subject = `exposureDraft:${id}`;
        recordAudit(db, session.doer, { action: 'exposure.refuseFile', subject, county, reason, details: { name } });
      });
      throw new InputError([{ name: 'file', message: `《${name}》没有收下：${reason}` }]);
    }
  }

  /** Takes a file off a draft; it stays sealed. @throws ForbiddenError, ConflictError, NotFoundError */
  async remove(session: Session, seen: SeenExposureDraft, sha256: string): Promise<void> {
    await this.#parts.write((db) => {
      const before = editable(db, session, seen.id);
      assertSeenExposure(db, before, seen);
      const isIt = and(eq(exposureEvidence.draftId, seen.id), eq(exposureEvidence.sha256, sha256));
      const { changes } = db
        .update(exposureEvidence)
        .set({ removedAt: session.doer.now })
        .where(and(isIt, isNull(exposureEvidence.removedAt)))
        .run();
      if (changes === 0) throw new NotFoundError('没有这份依据材料');
      edit(db, session, before, `移除依据材料 ${sha256.slice(0, 16)}`);
    });
  }

  /** Where a file lies that was once attached; looking at it is written down. @throws ForbiddenError, NotFoundError */
  async open(session: Session, id: string, sha256: string): Promise<{ path: string; file: FileRow; name: string }> {
    const { db, intake, write } = this.#parts;
    const { county } = getExposureDraft(db, id);
    assertMay(session, 'exposure.list', county);
    const isIt = and(eq(exposureEvidence.draftId, id), eq(exposureEvidence.sha256, sha256));
    const name = db.select({ name: exposureEvidence.name }).from(exposureEvidence).where(isIt).get()?.name;
    const file = findFile(db, sha256);
    if (!file || name === undefined) throw new NotFoundError('没有这份依据材料');
    const subject = `exposureDraft:${id}`;
    await write((writing) => recordReading(writing, session.doer, { subject, county, what: `依据材料《${name}》` }));
    return { path: intake.store.pathOf(sha256), file, name };
  }
}

function attach(
  db: Db,
  session: Session,
  id: string,
  { file, name }: { file: Omit<FileRow, 'storedAt'>; name: string },
): void {
  const before = editable(db, session, id);
  const known = listEvidence(db, { draftId: id });
  const { sha256 } = file;
  if (known.length >= MOST_FILES) throw new UnfitFileError('bomb', `依据材料最多 ${MOST_FILES} 份`);
  if (known.some((each) => each.sha256 === sha256)) throw new UnfitFileError('doubleName', '这个文件已经在依据材料里');
  const row = { name, accountId: session.officer.accountId, at: session.doer.now, removedAt: null };
  saveFile(db, file, session.doer.now);
  db.insert(exposureEvidence)
    .values({ draftId: id, sha256, ...row })
    .onConflictDoUpdate({ target: [exposureEvidence.draftId, exposureEvidence.sha256], set: row })
    .run();
  edit(db, session, before, `附上依据材料《${name}》，SHA-256 ${sha256}`);
}

/** @throws ForbiddenError, NotFoundError, InputError when nothing may be changed in the draft's state */
function editable(db: Db, session: Session, id: string): ExposureDraftRow {
  const row = getExposureDraft(db, id);
  assertMay(session, 'exposure.edit', row.county);
  const decision = decideExposure(exposureFactsOf(db, row), 'edit', session.officer);
  if (!decision.ok) throw refusalError(decision.refusal, decision.message);
  return row;
}

function edit(db: Db, session: Session, before: ExposureDraftRow, reason: string): void {
  const { accountId } = session.officer;
  applyExposureEvent(db, session.doer, { before, event: 'edit', accountId, reason, effect: {} });
}
