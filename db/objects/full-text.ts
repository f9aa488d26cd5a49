/** A full-text table, whose content is derived: opaque grams without the words. */
interface FullTextTable {
  name: string;
  sql: string;
}

const fullText = (name: string, columns: string): FullTextTable => ({
  name,
  sql: `CREATE VIRTUAL TABLE ${name} USING fts5(${columns}, content='', contentless_delete=1, tokenize='ascii')`,
});

/**
 * The full-text tables. Rows of `search_index` (title, parties, place and body of notices) are numbered by `search_documents`, those
 * of `organization_search` (names, and pairs of neighbouring initials) by `organizations`.
 */
export const FULL_TEXT: readonly FullTextTable[] = [
  fullText('search_index', 'title, parties, place, body'),
  fullText('organization_search', 'names, initials'),
];
