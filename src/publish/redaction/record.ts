import type { Db } from '#db/client.ts';
import { insertSql, run } from '../statements.ts';

/** What was done to a version. */
export interface Redacted {
  /** Personal numbers masked; 0 when only markup or invisible characters were cleaned. */
  masked: number;
}

/** Who redacts, and by which rules or law. */
export interface Author {
  /** The worker, or a person by name. */
  actor: string;
  reason: string;
}

/** Writes one cleaned version down, at an instant; undefined when it was clean. The caller holds the transaction. */
export type Apply = (now: string, by: Author) => Redacted | undefined;

/** A kind of stored versions. */
export interface RedactedSubject {
  /** How many versions older rules have made. */
  total(db: Db): number;
  /** The next of them by the present rules. Empty when there are none left. */
  clean(db: Db, limit: number): Apply[];
}

/** Which version is redacted, by whom. */
export interface Redaction {
  subject: 'notice' | 'exposure';
  id: string;
  version: number;
  policy: number;
  /** Position in the changes feed that tells of it; 0 when nobody saw it. */
  change: number;
  by: Author;
  at: string;
}

const INSERT = insertSql('redactions', [
  ...['subject', 'id', 'version', 'kind', 'policy', 'hash', 'seal', 'masked', 'change', 'actor', 'reason', 'at'],
]);

/** Writes down that a version's content will be replaced, without which the database refuses it. */
export function recordMasking(
  db: Db,
  { by, ...redaction }: Redaction & Redacted & { hash: string; seal: string },
): void {
  run(db, INSERT, { ...redaction, ...by, kind: 'masked' });
}

/** Writes down that a version's content will be destroyed, without which the database refuses it. Once is enough. */
export function recordRemoval(db: Db, { by, ...redaction }: Redaction): void {
  run(db, `${INSERT} ON CONFLICT DO NOTHING`, {
    ...{ ...redaction, ...by, kind: 'removed' },
    ...{ hash: null, seal: null, masked: 0 },
  });
}
