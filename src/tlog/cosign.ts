import { setTimeout as sleep } from 'node:timers/promises';
import { formatAddCheckpoint } from '#src/domain/tlog/add-checkpoint.ts';
import { parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { consistencyRanges } from '#src/domain/tlog/merkle.ts';
import {
  formatSignature,
  formatVerifierKey,
  parseNote,
  parseSignature,
  type VerifierKey,
} from '#src/domain/tlog/note.ts';
import { verifyNote } from '#src/domain/tlog/verify-note.ts';
import { type LogParts, publish } from './checkpoints.ts';
import type { Signed } from './guard.ts';
import { readRanges } from './read/files.ts';

/** A witness, and the address below which `add-checkpoint` stands. */
export interface WitnessAddress {
  key: VerifierKey;
  url: string;
}

/** How often it is looked whether a witness has something to sign; how long one that fails is left alone. */
const INTERVAL_MS = 2_000;
const PAUSE_MS = 60_000;
const ANSWER_LIMIT_MS = 15_000;
const CONFLICT = 409;
const OK = 200;

/** Asks every witness for its signature of each checkpoint, one after another; one that fails holds up nobody. */
export async function followWitnesses(
  parts: LogParts,
  witnesses: readonly WitnessAddress[],
  { onFailure, signal }: { onFailure: (error: unknown, url: string) => void; signal: AbortSignal },
): Promise<void> {
  await Promise.all(
    witnesses.map(async (witness) => {
      while (!signal.aborted) {
        let pause = INTERVAL_MS;
        try {
          await cosignLast(parts, witness);
        } catch (error) {
          pause = PAUSE_MS;
          onFailure(error, witness.url);
        }
        await sleep(pause, undefined, { signal }).catch(() => undefined);
      }
    }),
  );
}

/**
 * Has the last checkpoint signed by a witness, if it has not signed it yet, and shows its signature.
 * @throws Error when the witness refuses or cannot be asked
 */
export async function cosignLast(parts: LogParts, { key, url }: WitnessAddress): Promise<void> {
  const { guard, signer } = parts;
  const [origin, witness] = [signer.key.name, formatVerifierKey(key)];
  const last = guard.last(origin);
  const before = guard.cosigned(origin).find((each) => each.witness === witness)?.size ?? 0;
  if (!last || before === last.size) return;
  const line = await ask(parts, { last, old: before, key, url });
  guard.keepCosigned(origin, { witness, size: last.size, line });
  // The log may have grown meanwhile: shown is what was signed of what is shown.
  const shown = guard.last(origin);
  if (shown) await publish(parts, shown);
}

async function ask(
  parts: LogParts,
  asked: { last: Signed; old: number; key: VerifierKey; url: string },
  isSecond = false,
): Promise<string> {
  const { last, old, key, url } = asked;
  const proof = await readRanges(parts.folder, consistencyRanges(old, last.size), last.size);
  const response = await fetch(`${url}/add-checkpoint`, {
    method: 'POST',
    body: formatAddCheckpoint({ old, proof, checkpoint: last.note }),
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  const body = await response.text();
  // It has seen more or less than we remember, as after a restore: it says how much.
  const known = Number(body.trim());
  if (response.status === CONFLICT && !isSecond && Number.isSafeInteger(known) && known <= last.size) {
    return ask(parts, { ...asked, old: known }, true);
  }
  if (response.status !== OK) throw new Error(`the witness answers ${response.status}: ${body.slice(0, 200)}`);
  return findCosignature(last.note, body, key);
}

/** The line of an answer that the witness has signed. @throws Error when there is none */
function findCosignature(note: string, body: string, key: VerifierKey): string {
  const { text } = parseNote(note);
  for (const line of body.split('\n').filter(Boolean)) {
    const signature = parseSignature(line);
    if (verifyNote({ text, signatures: [signature] }, [key]).length > 0) return formatSignature(signature);
  }
  throw new Error(`no signature of ${key.name} for ${parseCheckpoint(text).size} leaves`);
}
