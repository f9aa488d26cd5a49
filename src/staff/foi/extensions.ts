import type { Db } from '#db/client.ts';
import { ForbiddenError, InputError } from '#src/domain/errors.ts';
import { isOver, standingOf } from '#src/domain/participation/case.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { listEvents } from '#src/publish/participation/cases.ts';
import { open } from '#src/publish/participation/sealing.ts';
import { assertMay } from '../assert-may.ts';
import { recordReading } from '../audit.ts';
import { assertNext, type CaseAction, insertEvent, type Seen, sealAction } from '../participation/act.ts';
import { getCaseRow, listCases, listNames } from '../participation/read.ts';
import type { Session } from '../sessions.ts';
import { type FoiParts, issueLetter, readFacts, recordStep } from './issue.ts';
import { openProposal } from './read.ts';

/** An extension that waits for approval. */
export interface Proposal {
  id: string;
  seq: number;
  days: number;
  words: string;
  proposer: string;
  due: string | null;
  isOwn: boolean;
}

/** Extensions of requests: proposed by the officer, settled by another person (政府信息公开条例 33). */
export class ExtensionDesk {
  readonly #parts: FoiParts;

  constructor(parts: FoiParts) {
    this.#parts = parts;
  }

  /** Extensions that wait for another person than who proposed them. @throws ForbiddenError */
  async proposals(session: Session): Promise<Proposal[]> {
    assertMay(session, 'foi.approve', null);
    const { db, calendar, caseKey, write } = this.#parts;
    const names = listNames(db);
    const cases = listCases(db, { kinds: ['disclosureRequest'], county: null }, calendar, session.doer.now);
    const found: Proposal[] = [];
    for (const { id, standing } of cases.filter((each) => !isOver(each.standing.state))) {
      const events = listEvents(db, id);
      const proposal = openProposal(events);
      if (!proposal) continue;
      const words = proposal.sealed ? (await open(proposal.sealed, caseKey.identity)).toString() : '';
      await write((inside) =>
        recordReading(inside, session.doer, { subject: `case:${id}`, county: null, what: 'proposal' }),
      );
      found.push({
        ...{ id, seq: events.at(-1)?.seq ?? 0, days: proposal.days ?? 0, words, due: standing.clock.due },
        proposer: names.get(proposal.accountId ?? '') ?? '',
        isOwn: proposal.accountId === session.officer.accountId,
      });
    }
    return found;
  }

  /** Approves an extension, with its letter, or refuses it. @throws ForbiddenError for whoever proposed it, ConflictError, InputError */
  async settle(session: Session, seen: Seen, isApproved: boolean, words: string): Promise<void> {
    assertMay(session, 'foi.approve', null);
    const { db, write, caseKey, calendar } = this.#parts;
    const row = getCaseRow(db, seen.id);
    const events = listEvents(db, row.id);
    const proposal = openProposal(events);
    if (!proposal) throw new InputError([{ name: 'form', message: '没有等待批准的延期' }]);
    if (proposal.accountId === session.officer.accountId)
      throw new ForbiddenError('延期由另一名负责人批准，不能批准自己提请的', 'self');
    const reason = proposal.sealed ? (await open(proposal.sealed, caseKey.identity)).toString() : '';
    const days = proposal.days ?? 0;
    const action: CaseAction = {
      ...{ kind: isApproved ? 'extended' : 'refused', words: isApproved ? reason : words, department: '', owner: null },
      ...{ days: isApproved ? days : null, cause: null, decision: null },
    };
    const done = await sealAction(row, caseKey, action);
    const inWrite = (inside: Db): number => {
      assertNext(inside, session, row, seen, action, calendar);
      recordStep(inside, session, row, action.kind, 'foi.approve');
      return insertEvent(inside, session, row, done);
    };
    if (!isApproved) return void (await write(inWrite));
    const today = formatDate(session.doer.now);
    const standing = standingOf(row, [...events, { kind: 'extended', on: today, days }], calendar, today);
    const facts = { ...(await readFacts(row, caseKey)), words: reason, dueOn: null };
    const newDue = standing.clock.due ?? today;
    await issueLetter(this.#parts, session, row, { facts, content: { kind: 'extension', days, newDue } }, inWrite);
  }
}
