import { getTableColumns } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params, paramsOf, type RowOf } from '#db/query.ts';
import { redactions } from '#db/schema/index.ts';

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

const COLUMNS = getTableColumns(redactions);
const INSERT = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db.insert(redactions).values(paramsOf(COLUMNS, p)),
);

/** Writes down that a version will be replaced, without which the database refuses it. */
export function recordRedaction(db: Db, redaction: RowOf<typeof COLUMNS>): void {
  INSERT.run(db, redaction);
}
