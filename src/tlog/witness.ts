import { sign } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AddCheckpoint, parseAddCheckpoint } from '#src/domain/tlog/add-checkpoint.ts';
import { concatBytes, equalBytes } from '#src/domain/tlog/bytes.ts';
import { type Checkpoint, parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { EMPTY_ROOT, isConsistent } from '#src/domain/tlog/merkle.ts';
import {
  COSIGNATURE,
  cosignedBytes,
  formatSignature,
  type Note,
  parseNote,
  type Signature,
  toVerifierKey,
  type VerifierKey,
} from '#src/domain/tlog/note.ts';
import { verifyNote } from '#src/domain/tlog/verify-note.ts';
import { SigningGuard } from './guard.ts';
import { loadKey, type SigningKey } from './keys.ts';

/** What a witness answers: a status of HTTP with the body that c2sp.org/tlog-witness gives it. */
export interface WitnessAnswer {
  status: 200 | 400 | 403 | 404 | 409 | 422;
  type: 'text/plain; charset=utf-8' | 'text/x.tlog.size';
  body: string;
}

const TIME_BYTES = 8;
const plain = (status: WitnessAnswer['status'], body: string): WitnessAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body,
});

/** Signs checkpoints of other logs that only grow, and remembers the last of each. Its key is no log's. */
export class Witness {
  readonly key: VerifierKey;
  readonly #signer: SigningKey;
  readonly #logs: readonly VerifierKey[];
  readonly #seen: SigningGuard;

  private constructor(signer: SigningKey, logs: readonly VerifierKey[], seen: SigningGuard) {
    this.key = toVerifierKey(signer.key.name, COSIGNATURE, signer.key.publicKey);
    this.#signer = signer;
    this.#logs = logs;
    this.#seen = seen;
  }

  /** @param folder its own: key, and what it has signed, in no backup. @param logs keys of the logs that it is a witness of */
  static async open(folder: string, name: string, logs: readonly VerifierKey[]): Promise<Witness> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const signer = await loadKey(join(folder, 'witness.pem'), name);
    return new Witness(signer, logs, new SigningGuard(join(folder, 'seen.db')));
  }

  /** Answers a request to sign a checkpoint. @param seconds the time, since 1970 */
  addCheckpoint(body: string, seconds: number): WitnessAnswer {
    let asked: AddCheckpoint;
    let note: Note;
    let next: Checkpoint;
    try {
      asked = parseAddCheckpoint(body);
      note = parseNote(asked.checkpoint);
      next = parseCheckpoint(note.text);
    } catch {
      return plain(400, 'not a request to add a checkpoint\n');
    }
    const keys = this.#logs.filter(({ name }) => name === next.origin);
    if (keys.length === 0) return plain(404, 'not a log that this witness knows\n');
    if (!isSignedBy(note, keys)) return plain(403, 'not signed by the log\n');
    if (asked.old > next.size) return plain(400, 'the old size is larger than the checkpoint\n');
    return this.#cosign(asked, note, next, seconds);
  }

  #cosign({ old, proof }: AddCheckpoint, note: Note, next: Checkpoint, seconds: number): WitnessAnswer {
    const last = this.#seen.last(next.origin);
    const before = last ? parseCheckpoint(last.note) : { size: 0, root: EMPTY_ROOT };
    if (old !== before.size) return conflict(before.size);
    if (old === next.size && !equalBytes(before.root, next.root)) return conflict(before.size);
    if (!isConsistent(before, next, proof)) return plain(422, 'the proof does not lead from the old tree to the new\n');
    // Remembered on the disk before anybody has the signature: no second course of events is ever signed.
    if (!this.#seen.swap(next.origin, last, { size: next.size, note: note.text })) {
      return conflict(this.#seen.last(next.origin)?.size ?? 0);
    }
    return plain(200, formatSignature(this.#sign(note.text, seconds)));
  }

  #sign(text: string, seconds: number): Signature {
    const time = new Uint8Array(TIME_BYTES);
    new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
    const signature = Uint8Array.from(sign(null, cosignedBytes(text, seconds), this.#signer.privateKey));
    return { name: this.key.name, keyId: this.key.keyId, bytes: concatBytes(time, signature) };
  }

  close(): void {
    this.#seen.close();
  }
}

function isSignedBy(note: Note, keys: readonly VerifierKey[]): boolean {
  try {
    return verifyNote(note, keys).length > 0;
  } catch {
    return false;
  }
}

const conflict = (size: number): WitnessAnswer => ({ status: 409, type: 'text/x.tlog.size', body: `${size}\n` });
