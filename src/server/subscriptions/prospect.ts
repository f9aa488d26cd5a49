import type { MatchableNotice } from '#src/domain/subscriptions/interest.ts';
import { type IndexableRow, toSearchDocument } from '../search/document.ts';

/** A public notice as subscriptions are held against it: the words are those of the search index. */
export function toMatchableNotice(row: IndexableRow): MatchableNotice {
  const {
    title,
    buyerText,
    parties,
    place,
    body,
    category,
    stage,
    county,
    projectId,
    buyer,
    agency,
    suppliers,
    tenderers,
  } = toSearchDocument(row);
  return {
    category,
    stage,
    county,
    projectId,
    buyer,
    agency,
    suppliers,
    tenderers,
    publishedAt: row.publishedAt,
    amountFen: row.amountFen,
    closesAt: row.closesAt,
    codes: [row.projectCode, row.lotCode].filter((code) => code !== null),
    subject: ` ${[title, buyerText, place].join(' | ')} `,
    head: ` ${[title, buyerText, parties, place].join(' | ')} `,
    words: ` ${[title, buyerText, parties, place, body].join(' | ')} `,
  };
}
