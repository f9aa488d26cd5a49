import type { County } from '#src/domain/counties/counties.ts';
import type { Judgement } from '../api/sync/judgement.ts';
import type { PushKind } from '../api/sync/schema.ts';
import { AskedThread } from './asked-thread.ts';
import type { Trial } from './judge.ts';

const ENTRY = new URL('./trial-thread.ts', import.meta.url);

/**
 * Where the web process asks what would become of an item that anybody pastes. It has threads of its own, which only
 * read: whatever is pasted, the pushes of counties do not wait for it.
 */
export class TrialDesk {
  readonly #thread: AskedThread<Trial, Judgement>;

  /** `database` is the path of the database file. */
  constructor(database: string) {
    this.#thread = new AskedThread(ENTRY, database);
  }

  /** Says what would become of an item, see `judgePush`. */
  judge(kind: PushKind, text: string, county: County): Promise<Judgement> {
    return this.#thread.ask({ kind, text, county });
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }
}
