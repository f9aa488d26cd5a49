import type { Db } from '#db/client.ts';
import { insertSql, run } from '../statements.ts';

/** What was done to a version. */
export interface Redacted {
  /** Personal numbers masked; 0 when only markup or invisible characters were cleaned. */
  masked: number;
}

/** Writes one cleaned version down, at an instant; undefined when it was clean. The caller holds the transaction. */
export type Apply = (now: string) => Redacted | undefined;

/** A kind of stored versions. */
export interface RedactedSubject {
  /** How many versions older rules have made. */
  total(db: Db): number;
  /** The next of them by the present rules. Empty when there are none left. */
  clean(db: Db, limit: number): Apply[];
}

/** A row of `redactions`. */
interface Redaction extends Redacted {
  subject: 'notice' | 'exposure';
  id: string;
  version: number;
  policy: number;
  hash: string;
  change: number;
  at: string;
}

const INSERT = insertSql('redactions', ['subject', 'id', 'version', 'policy', 'hash', 'masked', 'change', 'at']);

/** Writes down that a version will be replaced, without which the database refuses it. */
export function recordRedaction(db: Db, redaction: Redaction): void {
  run(db, INSERT, { ...redaction });
}
