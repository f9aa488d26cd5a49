import { fromBase64, toBase64 } from './bytes.ts';
import { HASH_BYTES, type Hash } from './merkle.ts';

/** What a log asks a witness: to sign a checkpoint, having seen one of `old` leaves (c2sp.org/tlog-witness). */
export interface AddCheckpoint {
  old: number;
  proof: readonly Hash[];
  /** The signed checkpoint, letter for letter. */
  checkpoint: string;
}

const MAX_HASHES = 63;

export function formatAddCheckpoint({ old, proof, checkpoint }: AddCheckpoint): string {
  return `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${checkpoint}`;
}

/** @throws SyntaxError for what is no such request */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf('\n\n');
  const [head = '', ...lines] = body.slice(0, Math.max(end, 0)).split('\n');
  const [, digits] = /^old (0|[1-9]\d{0,15})$/.exec(head) ?? [];
  const proof = lines.map(fromBase64);
  if (digits === undefined || proof.length > MAX_HASHES || proof.some(({ length }) => length !== HASH_BYTES)) {
    throw new SyntaxError('no request to add a checkpoint');
  }
  return { old: Number(digits), proof, checkpoint: body.slice(end + 2) };
}
