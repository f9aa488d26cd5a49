import fc from 'fast-check';
import { expect, test } from 'vitest';
import { legibleLine } from '#src/domain/notices/legible.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { sha256 } from '#src/publish/prepare/fingerprints.ts';
import { SANITIZER_VERSION, sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { bodyArbitrary } from '#tests/support/body-grammar.ts';
import { PAYLOADS } from './xss-corpus.ts';

const NUMBERS = [
  '370899198506071232',
  '13800138000',
  '138 0013 8000',
  '91370811MA0000015F',
  '6222020200112233446',
  '0537-2345678',
];
const LABELS = ['税号：', '信用代码', '身份证号', '电话：', '卡号', '项目编号：', '1.', '某某', ''];
const HIDDEN = ['\u00ad', '\u200b', '\u202e', '\u2066', '\u3164', '\uffa0', '\u{e0041}', '\ufe0f', '\ufeff'];

/**
 * What the rules of a number make of hostile bodies, numbers of persons and hidden characters. When the digest differs, the rules
 * do: raise SANITIZER_VERSION, so that stored versions are held against them, and note the new digest here.
 */
const NOTED = { sanitizerVersion: 2, digest: '7ad8ec53e55a6083' };

test('rules that clean otherwise have another number', () => {
  const bodies = [...PAYLOADS, ...fc.sample(bodyArbitrary, { seed: 1, numRuns: 200 })];
  const cleaned = bodies.map((raw) => sanitizeBody(raw, 'https://a.example/').html);
  const screened = LABELS.flatMap((label) =>
    NUMBERS.map((number) => redactPersonalData(`${label}${number}，某某`).value),
  );
  const lines = HIDDEN.map((hidden) => legibleLine(`${hidden}工程${hidden}公告`));
  const digest = sha256(JSON.stringify([cleaned, screened, lines])).slice(0, 16);
  expect({ sanitizerVersion: SANITIZER_VERSION, digest }).toEqual(NOTED);
});
