import { getTableColumns } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { redactions } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { logRedaction } from '../log/versions.ts';

/** What was done to a version. */
export interface Redacted {
  /** Personal numbers masked; 0 when only markup or invisible characters were cleaned. */
  masked: number;
}

/** Writes one cleaned version down; undefined when it was clean. The caller holds the transaction. */
export type Apply = (context: WriteContext) => Redacted | undefined;

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

type Redaction = RowOf<typeof COLUMNS>;

/** Writes down that a version will be replaced or destroyed, without which the database refuses it. */
export function recordRedaction(db: Db, redaction: Omit<Redaction, 'at' | 'actor'>, context: WriteContext): void {
  INSERT.run(db, { ...redaction, at: context.now, actor: context.actor });
  logRedaction(db, redaction.subject, { ...redaction, at: context.now });
}

/** The same of a version in which something is masked. */
export function recordMasking(
  db: Db,
  masking: Omit<Redaction, 'kind' | 'reason' | 'at' | 'actor'>,
  context: WriteContext,
): void {
  recordRedaction(db, { ...masking, kind: 'masked', reason: '' }, context);
}
