import { concatBytes, fromBase64, toUtf8 } from '#src/domain/tlog/bytes.ts';
import { formatVerifierKey, type Note, toVerifierKey, type VerifierKey } from '#src/domain/tlog/note.ts';
import { verifySm2 } from './sm2.ts';

/** The file that hands the second key round. */
export const SECOND_KEY_FILE = 'vkey-sm2';

/** Types without a byte of their own say in words what they are (c2sp.org/signed-note). */
const OTHER = 0xff;
const ALGORITHM = toUtf8('sm2-sm3\n');
const POINT_BYTES = 65;

/** The key of a second line, of SM2 with SM3. `point`: 04 ‖ x ‖ y. Those who do not know the type ignore the line. */
export const toSecondKey = (name: string, point: Uint8Array): VerifierKey =>
  toVerifierKey(name, OTHER, concatBytes(ALGORITHM, point));

/** Whether the key in `vkey-sm2` has signed a note. */
export function isSignedBySecond(note: Note, vkey: string): boolean {
  // The base64 of a key may hold plus signs itself.
  const [, name = '', encoded = ''] = /^([^+]+)\+[0-9a-f]{8}\+(.+)$/.exec(vkey.trim()) ?? [];
  const point = fromBase64(encoded).slice(1 + ALGORITHM.length);
  const second = toSecondKey(name, point);
  if (point.length !== POINT_BYTES || formatVerifierKey(second) !== vkey.trim()) return false;
  const [line] = note.signatures.filter(
    (signature) => signature.name === name && String(signature.keyId) === String(second.keyId),
  );
  return line !== undefined && verifySm2(toUtf8(note.text), line.bytes, point);
}
