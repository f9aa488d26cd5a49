import type { Db } from '#db/client.ts';
import { findRow, run } from '#src/publish/statements.ts';
import type { PushAnswer, PushKind } from '../api/sync/schema.ts';
import { PushRefusedError } from './refused.ts';
import { WINDOW_SECONDS } from './signature.ts';

/** How long an answer is kept for repeats. */
const ANSWERS_KEPT_MS = 7 * 86_400_000;

/** A push whose signature and digest are good. */
export interface PushRequest {
  kind: PushKind;
  sourceKey: string;
  keyId: string;
  nonce: string;
  idempotencyKey: string;
  digest: string;
}

/**
 * Uses the signature up and opens the push in one transaction. Returns the answer when the same push was answered before.
 * @throws PushRefusedError 409 when the signature was used before, 422 when the idempotency key stands for another body
 */
export function openRequest(db: Db, request: PushRequest, now: string): PushAnswer | undefined {
  const open = () => {
    const { keyId, nonce, sourceKey, idempotencyKey, kind, digest } = request;
    run(db, 'DELETE FROM push_nonces WHERE seen_at < ?', [before(now, 2 * WINDOW_SECONDS * 1000)]);
    run(db, 'DELETE FROM push_requests WHERE received_at < ?', [before(now, ANSWERS_KEPT_MS)]);
    const added = run(db, 'INSERT INTO push_nonces VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [keyId, nonce, now]);
    if (added.changes === 0) throw new PushRefusedError(409, '这个签名已经用过（nonce 重复）');
    const known = findRow<{ kind: string; digest: string; answer: string | null }>(
      db,
      'SELECT kind, digest, answer FROM push_requests WHERE source_key = ? AND idempotency_key = ?',
      sourceKey,
      idempotencyKey,
    );
    if (!known) {
      const sql = `INSERT INTO push_requests (source_key, idempotency_key, kind, digest, received_at) VALUES (?, ?, ?, ?, ?)`;
      run(db, sql, [sourceKey, idempotencyKey, kind, digest, now]);
      return undefined;
    }
    if (known.kind === kind && known.digest === digest) return known.answer;
    throw new PushRefusedError(422, '同一 Idempotency-Key 此前用于另一内容');
  };
  const answer = db.$client.transaction(open).immediate();
  return answer ? (JSON.parse(answer) as PushAnswer) : undefined;
}

/** Keeps the answer of a push, inside the caller's transaction. */
export function keepAnswer(db: Db, { sourceKey, idempotencyKey }: PushRequest, answer: PushAnswer): void {
  const sql = 'UPDATE push_requests SET answer = ? WHERE source_key = ? AND idempotency_key = ?';
  run(db, sql, [JSON.stringify(answer), sourceKey, idempotencyKey]);
}

/** Forgets a push that was refused as a whole, so that its key may be used again. */
export function dropRequest(db: Db, { sourceKey, idempotencyKey }: PushRequest): void {
  const sql = 'DELETE FROM push_requests WHERE source_key = ? AND idempotency_key = ? AND answer IS NULL';
  run(db, sql, [sourceKey, idempotencyKey]);
}

function before(now: string, ms: number): string {
  return new Date(Date.parse(now) - ms).toISOString();
}
