import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { pushNonces, pushRequests } from '#db/schema/index.ts';
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

type Key = Pick<PushRequest, 'sourceKey' | 'idempotencyKey'>;
const isRequest = (p: Params<Key>) =>
  and(eq(pushRequests.sourceKey, p.sourceKey), eq(pushRequests.idempotencyKey, p.idempotencyKey));

const FORGET_NONCES = defineQuery((db, p: Params<{ before: string }>) =>
  db.delete(pushNonces).where(lt(pushNonces.seenAt, p.before)),
);
const FORGET_REQUESTS = defineQuery((db, p: Params<{ before: string }>) =>
  db.delete(pushRequests).where(lt(pushRequests.receivedAt, p.before)),
);
const USE_NONCE = defineQuery((db, p: Params<{ keyId: string; nonce: string; now: string }>) =>
  db.insert(pushNonces).values({ keyId: p.keyId, nonce: p.nonce, seenAt: p.now }).onConflictDoNothing(),
);
const FIND = defineQuery((db, p: Params<Key>) =>
  db
    .select({ kind: pushRequests.kind, digest: pushRequests.digest, answer: pushRequests.answer })
    .from(pushRequests)
    .where(isRequest(p)),
);
const OPEN = defineQuery((db, p: Params<Key & { kind: PushKind; digest: string; now: string }>) =>
  db.insert(pushRequests).values({
    sourceKey: p.sourceKey,
    idempotencyKey: p.idempotencyKey,
    kind: p.kind,
    digest: p.digest,
    receivedAt: p.now,
  }),
);
const ANSWER = defineQuery((db, p: Params<Key & { answer: string }>) =>
  db.update(pushRequests).set({ answer: p.answer }).where(isRequest(p)),
);
const DROP = defineQuery((db, p: Params<Key>) =>
  db.delete(pushRequests).where(and(isRequest(p), isNull(pushRequests.answer))),
);

/**
 * Uses the signature up and opens the push in one transaction. Returns the answer when the same push was answered before.
 * @throws PushRefusedError 409 when the signature was used before, 422 when the idempotency key stands for another body
 */
export function openRequest(db: Db, request: PushRequest, now: string): PushAnswer | undefined {
  const open = () => {
    const { keyId, nonce, sourceKey, idempotencyKey, kind, digest } = request;
    FORGET_NONCES.run(db, { before: before(now, 2 * WINDOW_SECONDS * 1000) });
    FORGET_REQUESTS.run(db, { before: before(now, ANSWERS_KEPT_MS) });
    const added = USE_NONCE.run(db, { keyId, nonce, now });
    if (added.changes === 0) throw new PushRefusedError(409, '这个签名已经用过（nonce 重复）');
    const known = FIND.first(db, { sourceKey, idempotencyKey });
    if (!known) {
      OPEN.run(db, { sourceKey, idempotencyKey, kind, digest, now });
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
  ANSWER.run(db, { sourceKey, idempotencyKey, answer: JSON.stringify(answer) });
}

/** Forgets a push that was refused as a whole, so that its key may be used again. */
export function dropRequest(db: Db, { sourceKey, idempotencyKey }: PushRequest): void {
  DROP.run(db, { sourceKey, idempotencyKey });
}

function before(now: string, ms: number): string {
  return new Date(Date.parse(now) - ms).toISOString();
}
