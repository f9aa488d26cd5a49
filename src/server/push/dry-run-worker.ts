import type { County } from '#src/domain/counties/counties.ts';
import type { DryRun } from '../api/sync/dry-run.ts';
import type { PushKind } from '../api/sync/schema.ts';
import { AskedThread } from './asked-thread.ts';
import type { Trial } from './dry-run.ts';

const ENTRY = new URL('./dry-run-thread.ts', import.meta.url);

/**
 * Where the web process asks what would become of an item that anybody pastes. It has threads of its own, which only
 * read: whatever is pasted, the pushes of counties do not wait for it.
 */
export class DryRunWorker {
  readonly #thread: AskedThread<Trial, DryRun>;

  /** `database` is the path of the database file. */
  constructor(database: string) {
    this.#thread = new AskedThread(ENTRY, database);
  }

  /** Says what would become of an item, see `dryRunItem`. */
  judge(kind: PushKind, text: string, county: County): Promise<DryRun> {
    return this.#thread.ask({ kind, text, county });
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }
}
