import { expect, test } from 'vitest';
import { labelledSet } from '#scripts/bench/facts/labelled-set.ts';
import { extractFacts } from '#src/publish/facts/extract.ts';
import { READING_RULES } from '#src/publish/facts/reading.ts';
import { sha256 } from '#src/publish/prepare/fingerprints.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';

/**
 * What the rules of a number read out of the labelled set. When the digest differs and the set did not change, the rules did:
 * raise READING_RULES, so that stored notices are read anew, and note the new digest here.
 */
const NOTED = { rules: 10, digest: 'bc369b851fe7a07b' };

test('rules that read otherwise have another number', () => {
  const readings = labelledSet().map((notice) => extractFacts({ ...notice, html: sanitizeBody(notice.html).html }));
  expect({ rules: READING_RULES, digest: sha256(JSON.stringify(readings)).slice(0, 16) }).toEqual(NOTED);
});
