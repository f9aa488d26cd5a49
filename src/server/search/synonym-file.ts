import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { OWN_SYNONYMS, type Synonyms, withSynonyms } from '#src/domain/search/synonyms.ts';
import { getConfig } from '../config.ts';

/** In the data directory: an operator's synonyms, a group a line. */
const SYNONYM_FILE = 'synonyms.txt';
/** The file is looked at again after so long. */
const FRESH_MS = 5_000;

let known: { path: string; stamp: number; synonyms: Synonyms; checkedAt: number } | undefined;

/** The portal's synonyms and those of the operator's file, where there is one; a change of it is seen within seconds. */
export function currentSynonyms(now = performance.now()): Synonyms {
  const path = join(getConfig().DATA_DIR, SYNONYM_FILE);
  if (known?.path === path && now - known.checkedAt < FRESH_MS) return known.synonyms;
  const stamp = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const synonyms = known?.path === path && known.stamp === stamp ? known.synonyms : readSynonyms(path, stamp);
  known = { path, stamp, synonyms, checkedAt: now };
  return synonyms;
}

function readSynonyms(path: string, stamp: number): Synonyms {
  if (stamp === 0) return OWN_SYNONYMS;
  try {
    return withSynonyms(readFileSync(path, 'utf8'));
  } catch {
    return OWN_SYNONYMS; // it is just being replaced, or may not be read: searches go on
  }
}
