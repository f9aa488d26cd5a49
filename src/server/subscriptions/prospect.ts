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
    publishedAt: row.publishedAt,
    amountFen: row.amountFen,
    closesAt: row.closesAt,
    codes: [row.projectCode, row.lotCode].filter((code) => code !== null),
    head: ` ${[title, parties, place].join(' | ')} `,
    words: ` ${[title, parties, place, body].join(' | ')} `,
  };
}
