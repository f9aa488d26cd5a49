import type { Db } from '#db/client.ts';
import { exchangeRecords } from '#db/schema/index.ts';
import { normaliseDecisionNo } from '#src/domain/exposures/decision-number.ts';

export type ExchangeRow = typeof exchangeRecords.$inferSelect;

/** One record that went one way or the other, with what became of it. */
export type ExchangeEntry = Omit<ExchangeRow, 'seq' | 'decisionKey' | 'draftId' | 'exposureId'> &
  Partial<Pick<ExchangeRow, 'draftId' | 'exposureId'>>;

/** Writes down that a record was received or handed over. The caller holds the transaction in which it was. */
export function recordExchange(db: Db, entry: ExchangeEntry): void {
  db.insert(exchangeRecords)
    .values({ ...entry, decisionKey: normaliseDecisionNo(entry.decisionNo) })
    .run();
}
