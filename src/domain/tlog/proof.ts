import { fromBase64, toBase64 } from './bytes.ts';
import { HASH_BYTES, type Hash } from './merkle.ts';

/** That a leaf is in a log, to be verified without asking anybody (c2sp.org/tlog-proof@v1). */
export interface LogProof {
  /** What else somebody needs: ours holds the entry. Nothing of it is proved until it was hashed. */
  extra: Uint8Array | null;
  index: number;
  /** From the leaf's sibling to the child of the root. */
  hashes: readonly Hash[];
  /** The signed checkpoint, letter for letter. */
  checkpoint: string;
}

const HEAD = 'c2sp.org/tlog-proof@v1';
const MAX_HASHES = 63;

export function formatLogProof({ extra, index, hashes, checkpoint }: LogProof): string {
  const lines = [HEAD, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...hashes.map(toBase64)];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** @throws SyntaxError for what is no proof */
export function parseLogProof(source: string): LogProof {
  const end = source.indexOf('\n\n');
  const [head, ...lines] = source.slice(0, Math.max(end, 0)).split('\n');
  if (head !== HEAD) throw new SyntaxError('no proof of a log');
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()?.slice('extra '.length) ?? '') : null;
  const [, digits] = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '') ?? [];
  const hashes = lines.map(fromBase64);
  if (digits === undefined || hashes.length > MAX_HASHES || hashes.some(({ length }) => length !== HASH_BYTES)) {
    throw new SyntaxError('no proof of a log');
  }
  return { extra, index: Number(digits), hashes, checkpoint: source.slice(end + 2) };
}
