import { setImmediate } from 'node:timers/promises';
import type { Db } from '#db/client.ts';
import { SANITIZE_POLICY } from '../sanitize/sanitize.ts';
import { REDACTED_EXPOSURES } from './exposures.ts';
import { REDACTED_NOTICES } from './notices.ts';
import { redactWords } from './words.ts';

/** Versions in one transaction: other writers wait for it. */
const BATCH = 50;

export interface RedactOptions {
  /** Who does it: the worker, or a person by name. */
  actor: string;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

export interface RedactSummary {
  /** Stored versions held against the present rules. */
  checked: number;
  /** Those of them that were replaced, and how many of those held personal numbers. */
  replaced: number;
  leaked: number;
  /** Personal numbers that were masked in them. */
  masked: number;
  /** Values of registers and reasons that were changed. */
  words: number;
}

/**
 * Holds every stored version against the present rules of sanitizing and screening, and replaces what older rules let through: in
 * the version itself, which stays the version that it is, and in all that is made from it. Each version is marked with the
 * rules, so that an interrupted run goes on where it stopped and a second one finds nothing.
 */
export async function redactStored(
  db: Db,
  { actor, signal, onProgress = () => {} }: RedactOptions,
): Promise<RedactSummary> {
  const by = { actor, reason: `净化与遮蔽规则第 ${SANITIZE_POLICY} 版` };
  const subjects = [REDACTED_NOTICES, REDACTED_EXPOSURES];
  const total = subjects.reduce((sum, subject) => sum + subject.total(db), 0);
  const summary: RedactSummary = { checked: 0, replaced: 0, leaked: 0, masked: 0, words: 0 };
  for (const subject of subjects) {
    for (;;) {
      if (signal?.aborted) return summary;
      const batch = subject.clean(db, BATCH);
      if (batch.length === 0) break;
      const now = new Date().toISOString();
      const results = db.$client.transaction(() => batch.map((apply) => apply(now, by))).immediate();
      for (const result of results) {
        summary.checked++;
        if (!result) continue;
        summary.replaced++;
        summary.masked += result.masked;
        if (result.masked > 0) summary.leaked++;
      }
      onProgress(summary.checked, total);
      await setImmediate();
    }
  }
  summary.words = redactWords(db);
  return summary;
}
