import type { Db } from '#db/client.ts';
import type { DraftContent } from '#src/domain/drafts/content.ts';
import { openConsoleRun } from '#src/publish/console-run.ts';
import { ItemRejectedError } from '#src/publish/items/reasons.ts';
import type { Doer } from '../audit.ts';
import type { Write } from '../sign-in.ts';
import { completeRelease, publishRelease } from './release.ts';
import type { DraftRow } from './store.ts';
import type { AttachmentUrl } from './to-notice.ts';

/** What publishing a draft would make of it. */
export interface Rehearsal<Page> {
  /** What was read of it; null where the pipeline refuses the draft. */
  page: Page | null;
  /** Why the pipeline would not take it. */
  refusals: string[];
}

/** Carries what was read out of a transaction that has to be taken back. */
class TakenBack<Page> extends Error {
  readonly page: Page;

  constructor(page: Page) {
    super('a rehearsal is taken back');
    this.page = page;
  }
}

/**
 * Publishes a content at this moment as it will be published, has it read as readers will read it, and takes everything back: nothing is
 * stored, and project, versions and links are those that publishing makes. @throws SqliteError when the machine fails
 */
export async function rehearse<Page>(
  write: Write,
  { row, content, doer }: { row: DraftRow; content: DraftContent; doer: Doer },
  urlOf: AttachmentUrl,
  read: (db: Db, noticeId: string) => Page,
): Promise<Rehearsal<Page>> {
  const item = completeRelease(row, content, doer.now, urlOf);
  try {
    await write((db) => {
      const { actor, now } = doer;
      const context = { runId: openConsoleRun(db, row.county, row.noticeId === null, now), actor, now };
      const { id } = publishRelease(db, row, content, item, context);
      throw new TakenBack(read(db, id));
    });
  } catch (error) {
    if (error instanceof TakenBack) return { page: (error as TakenBack<Page>).page, refusals: [] };
    if (!(error instanceof ItemRejectedError)) throw error;
    return { page: null, refusals: error.reasons.map(({ message }) => message) };
  }
  throw new Error('a rehearsal is taken back');
}
