import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { foiLetters } from '#db/schema/index.ts';
import type { Intake } from '#src/attachments/intake.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { ConflictError } from '#src/domain/errors.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { seal } from '#src/publish/participation/sealing.ts';
import { recordAudit } from '../audit.ts';
import type { CaseKey } from '../participation/identity.ts';
import { type CaseRow, openFields } from '../participation/read.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';
import { type LetterContent, type LetterFacts, writeLetter } from './letters.ts';
import { nextSerial } from './read.ts';

/** Who issues letters: the name that signs, and what their numbers begin with. */
export interface Office {
  name: string;
  prefix: string;
}

/** A letter before it has its number. */
export interface DraftLetter {
  facts: Omit<LetterFacts, 'office' | 'year' | 'serial' | 'issuedOn'>;
  content: LetterContent;
}

/** What the parts of the console that handle requests work with. */
export interface FoiParts {
  db: Db;
  write: Write;
  calendar: WorkingCalendar;
  caseKey: CaseKey;
  office: Office;
  /** By which files are looked into that go with an answer. */
  intake: Intake;
}

/** What letters say of the request itself. */
export async function readFacts(
  row: CaseRow,
  { identity }: CaseKey,
): Promise<Pick<DraftLetter['facts'], 'applicant' | 'receivedOn' | 'description'>> {
  const fields = await openFields(row, identity);
  const description = [fields.title, fields.text].filter(Boolean).join('\n');
  return { applicant: fields.applicant ?? '', receivedOn: row.receivedOn, description };
}

/** Writes down what was done to a request. The caller holds the transaction. */
export function recordStep(
  db: Db,
  { doer }: Session,
  { id, county }: Pick<CaseRow, 'id' | 'county'>,
  act: string,
  action: 'case.disclosure' | 'foi.approve' = 'case.disclosure',
): void {
  recordAudit(db, doer, { action, subject: `case:${id}`, county, details: { act } });
}

/** Times that a number is drawn anew because another letter took it meanwhile. */
const MOST_DRAWS = 5;
class NumberTaken extends Error {}

/**
 * Issues a letter with the next number of the year, in one transaction with what it tells of: `inWrite` does that and returns the number
 * of its event, or null. Sealing takes time and stands outside: a number that was taken meanwhile is drawn anew. Returns the letter's id.
 */
export async function issueLetter(
  { db, write, caseKey, office }: FoiParts,
  session: Session,
  row: CaseRow,
  { facts, content }: DraftLetter,
  inWrite: (db: Db) => number | null,
): Promise<string> {
  const issuedOn = formatDate(session.doer.now);
  const year = Number(issuedOn.slice(0, 4));
  const isForPerson = content.kind !== 'thirdParty' && content.kind !== 'otherBody' && content.kind !== 'receipt';
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const serial = nextSerial(db, year);
    const letter = writeLetter({ ...facts, office, year, serial, issuedOn }, content);
    const recipients = isForPerson ? [caseKey.recipient, row.replyRecipient] : [caseKey.recipient];
    const sealed = await seal(JSON.stringify(letter), recipients);
    const id = randomUUID();
    try {
      await write((inside) => {
        if (nextSerial(inside, year) !== serial) throw new NumberTaken();
        const eventSeq = inWrite(inside);
        inside
          .insert(foiLetters)
          .values({
            ...{ id, submissionId: row.id, eventSeq, kind: content.kind, year, serial, issuedOn },
            ...{ sealed, isForPerson, accountId: session.officer.accountId },
          })
          .run();
      });
      return id;
    } catch (error) {
      if (!(error instanceof NumberTaken)) throw error;
    }
  }
  throw new ConflictError('同时有多份文书在编号，请再按一次');
}
