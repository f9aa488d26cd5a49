import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { disclosureTasks } from '#db/schema/disclosure.ts';
import { ConflictError, NotFoundError } from '#src/domain/errors.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';

export type TaskRow = typeof disclosureTasks.$inferSelect;

/** What is said of a task when it is entered. */
export type NewTask = Pick<TaskRow, 'name' | 'owner' | 'dueOn' | 'basis'>;

/** The task list 政务公开工作任务分解表. Each method asks the table of rights itself. */
export class TaskDesk {
  readonly #db: Db;
  readonly #write: Write;

  constructor({ db, write }: { db: Db; write: Write }) {
    this.#db = db;
    this.#write = write;
  }

  /** Every task, the earliest due first. @throws ForbiddenError */
  list(session: Session): TaskRow[] {
    assertMay(session, 'report.list', null);
    return this.#db.select().from(disclosureTasks).orderBy(asc(disclosureTasks.dueOn), asc(disclosureTasks.id)).all();
  }

  /** Enters a task. @throws ForbiddenError */
  async add(session: Session, task: NewTask): Promise<void> {
    assertMay(session, 'disclosure.task', null);
    const row = { ...task, id: randomUUID(), authorId: session.officer.accountId, updatedAt: session.doer.now };
    await this.#write((db) => {
      db.insert(disclosureTasks).values(row).run();
      recordAudit(db, session.doer, {
        action: 'disclosure.task',
        subject: `task:${row.id}`,
        details: { name: task.name },
      });
    });
  }

  /** Says that a task is done, and what was done. @throws ForbiddenError, NotFoundError, ConflictError for one that is done already */
  async finish(session: Session, id: string, { doneOn, result }: { doneOn: string; result: string }): Promise<void> {
    assertMay(session, 'disclosure.task', null);
    await this.#write((db) => {
      const row = db.select().from(disclosureTasks).where(eq(disclosureTasks.id, id)).get();
      if (!row) throw new NotFoundError('没有这项任务');
      if (row.doneOn !== null) throw new ConflictError('这项任务已经完成');
      db.update(disclosureTasks)
        .set({ doneOn, result, updatedAt: session.doer.now })
        .where(eq(disclosureTasks.id, id))
        .run();
      recordAudit(db, session.doer, {
        action: 'disclosure.task',
        subject: `task:${id}`,
        reason: result,
        details: { doneOn },
      });
    });
  }
}
