import { hash } from 'node:crypto';
import { titleWithoutStage } from '#src/domain/projects/project-title.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';
import type { NoticeDraft } from '../draft.ts';

/** Bodies shorter than this are all alike (`详见附件`); their attachments tell them apart. */
const TELLING_LENGTH = 30;

/** SHA-256 in hex. */
export function sha256(text: string): string {
  return hash('sha256', text);
}

/** A title as titles are compared: half-width, lower case, without blanks and punctuation. */
export function normaliseTitle(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Key under which the same notice is found at another site: category, stage, title and Shanghai day. Words of the stage do
 * not count: some platforms list bare project names.
 */
export function deduplicationKey(notice: {
  category: string;
  stage: string;
  title: string;
  publishedAt: Instant;
}): string {
  const { category, stage, title, publishedAt } = notice;
  return sha256([category, stage, normaliseTitle(titleWithoutStage(title)), formatDate(publishedAt)].join('\n')).slice(
    0,
    32,
  );
}

/** Fingerprint of what a notice says: equal for equal text, whatever its markup and spacing. */
export function textFingerprint(text: string, attachments: { name: string; url: string }[]): string {
  const words = text.normalize('NFKC').replace(/\s+/g, '');
  const files = words.length < TELLING_LENGTH ? attachments.map(({ url }) => url).join('\n') : '';
  return sha256(`${words}\n${files}`).slice(0, 32);
}

/** Hash of a draft's meaning: `extra` (counters, badges) is left out, so that a counter never makes a version. */
export function draftHash(draft: NoticeDraft): string {
  return sha256(JSON.stringify({ ...draft, extra: undefined })).slice(0, 32);
}

/** How alike two titles are, 0–1: share of common pairs of characters (Dice). */
export function titleSimilarity(a: string, b: string): number {
  const pairs = (text: string) => {
    const letters = [...normaliseTitle(text)];
    return new Set(letters.slice(1).map((letter, index) => `${letters[index]}${letter}`));
  };
  const [left, right] = [pairs(a), pairs(b)];
  if (left.size + right.size === 0) return a === b ? 1 : 0;
  return (2 * [...left].filter((pair) => right.has(pair)).length) / (left.size + right.size);
}
