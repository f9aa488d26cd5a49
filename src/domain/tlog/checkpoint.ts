import { fromBase64, toBase64 } from './bytes.ts';
import { HASH_BYTES, type Hash } from './merkle.ts';

/** How large the log is and what its tree hashes to (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  /** Which log: its address without scheme and last slash. */
  origin: string;
  size: number;
  root: Hash;
}

const LINES = /^(\S+)\n(0|[1-9]\d{0,15})\n(\S+)\n(?:[^\n]+\n)*$/u;

/** The text that is signed. */
export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** Reads the text of a note. @throws SyntaxError for what is no checkpoint */
export function parseCheckpoint(text: string): Checkpoint {
  const [, origin = '', digits = '', hash = ''] = LINES.exec(text) ?? [];
  if (origin === '') throw new SyntaxError('no checkpoint');
  const [size, root] = [Number(digits), fromBase64(hash)];
  if (!Number.isSafeInteger(size) || root.length !== HASH_BYTES) throw new SyntaxError('no checkpoint');
  return { origin, size, root };
}
