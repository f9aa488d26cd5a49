import canonicalize from 'canonicalize';
import { and, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { logContents } from '#db/schema/log.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { ContentType } from '#src/domain/tlog/subjects.ts';
import { saltContent } from '../salted.ts';
import { appendLeaf, lastLeafOf } from './append.ts';

/** A version of something that `log_contents` holds the content of. */
export interface ContentVersion {
  type: ContentType;
  /** Whatever the thing is found by at `/verify`. */
  id: string;
  /** From 1, without gaps. */
  version: number;
  at: Instant;
}

/**
 * Tells the log that a version was published, and keeps what was sealed beside its salt. The caller holds the transaction in which the
 * version is stored. `content` is a JSON value: everything that was published, nothing else.
 * @throws SqliteError when that version was told already
 */
export function logContent(
  db: Db,
  { type, id, version, at }: ContentVersion,
  content: object,
  kind: 'publish' | 'restore' = 'publish',
): void {
  const json = canonicalize(content) as string;
  const { salt, seal } = saltContent(json);
  db.insert(logContents).values({ type, subjectId: id, version, salt, content: json }).run();
  appendLeaf(db, { kind, type, source: '', id, version, sha256: seal, at });
}

/** Tells the log that something is public no longer, as a version of its own, whose number follows the last. In the caller's transaction. */
export function logWithdrawal(db: Db, { type, id, version, at }: ContentVersion): void {
  appendLeaf(db, { kind: 'withdraw', type, source: '', id, version, sha256: null, at });
}

/** Tells the log that the law demands that a version be destroyed, and destroys content and salt. In the caller's transaction. */
export function logRemoval(db: Db, { type, id, version, at }: ContentVersion): void {
  appendLeaf(db, { kind: 'remove', type, source: '', id, version, sha256: null, at });
  const { type: ofType, subjectId, version: ofVersion } = logContents;
  db.delete(logContents)
    .where(and(eq(ofType, type), eq(subjectId, id), eq(ofVersion, version)))
    .run();
}

/**
 * Tells the log of the commitment of a sealed submission, once. `day` alone is told of when it came in, and commitments of a day are
 * told together when it is over: whoever watches the log learns no hour. In the caller's transaction.
 */
export function logCommitment(db: Db, { commitment, at }: { commitment: string; at: Instant }): void {
  if (lastLeafOf(db, 'submission', commitment) !== null) return;
  appendLeaf(db, {
    kind: 'publish',
    type: 'submission',
    source: '',
    id: commitment,
    version: 1,
    sha256: commitment,
    at,
  });
}
