import type { Prospect } from '#src/domain/subscriptions/interest.ts';
import { type IndexableRow, toSearchDocument } from '../search/document.ts';

/** A public notice as subscriptions are held against it: the words are those of the search index. */
export function toProspect(row: IndexableRow): Prospect {
  const { title, parties, place, body, category, stage, county, buyer, suppliers } = toSearchDocument(row);
  return {
    category,
    stage,
    county,
    buyer,
    suppliers,
    publishedAt: row.published_at,
    amountFen: row.amount_fen,
    closesAt: row.closes_at,
    codes: [row.project_code, row.lot_code].filter((code) => code !== null),
    head: ` ${[title, parties, place].join(' | ')} `,
    words: ` ${[title, parties, place, body].join(' | ')} `,
  };
}
