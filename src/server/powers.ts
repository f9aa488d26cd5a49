import type { County } from '#src/domain/counties/counties.ts';
import type { Judgement } from './api/sync/judgement.ts';
import type { PushKind } from './api/sync/schema.ts';
import { inlineReader, type Reader } from './reads/reader.ts';

/** What the web process does for its pages that they cannot do themselves: it has threads, they are a bundle of their own. */
export interface Powers {
  /** Does reads that may take long. */
  reader: Reader;
  /** Says what would become of an item that a county pushes. */
  judgeItem(kind: PushKind, text: string, county: County): Promise<Judgement>;
}

/** In development pages run without the web process: they read at once, and judge nothing. */
let powers: Pick<Powers, 'reader'> & Partial<Powers> = { reader: inlineReader };

/** Called once, before the first request: what is granted is the process's, nothing of any one request. */
export function grantPowers(granted: Powers): void {
  powers = granted;
}

export const currentReader = (): Reader => powers.reader;
export const currentJudge = (): Powers['judgeItem'] | undefined => powers.judgeItem;
