import { and, eq, lte, notExists, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { searchAliases, searchTerms } from '#db/schema/index.ts';
import { bare } from '#db/sql-pieces.ts';
import { COUNTIES, countyDefinition } from '#src/domain/counties/counties.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import { toInitials, toPinyin } from '#src/domain/search/pinyin.ts';
import { listVocabulary } from '#src/domain/search/words.ts';
import type { IndexableRow } from './document.ts';

const RAISE = defineQuery((db, p: Params<{ term: string; by: number }>) =>
  db
    .update(searchTerms)
    .set({ frequency: sql`max(0, ${bare(searchTerms.frequency)} + ${p.by})` })
    .where(eq(searchTerms.term, p.term)),
);
type Term = typeof searchTerms.$inferInsert;
const INSERT = defineQuery((db, { term, kind, pinyin, initials, frequency }: Params<Term>) =>
  db.insert(searchTerms).values({ term, kind, pinyin, initials, frequency }),
);
const DROP_RARE = defineQuery((db, p: Params<{ term: string }>) =>
  db.delete(searchTerms).where(and(eq(searchTerms.term, p.term), lte(searchTerms.frequency, sql`0`))),
);
const DROP_ALIASES = defineQuery((db, p: Params<{ name: string }>) =>
  db
    .delete(searchAliases)
    .where(
      and(
        eq(searchAliases.name, p.name),
        notExists(db.select({ term: searchTerms.term }).from(searchTerms).where(eq(searchTerms.term, p.name))),
      ),
    ),
);
const INSERT_ALIAS = defineQuery((db, { alias, name }: Params<{ alias: string; name: string }>) =>
  db.insert(searchAliases).values({ alias, name }).onConflictDoNothing(),
);

type Terms = Map<string, { kind: 'word' | 'party'; frequency: number }>;

const HAN = /^\p{Script=Han}{2,}$/u;

/** Adds the words of titles and the names of parties of newly indexed notices. The caller holds the transaction. */
export function learnTerms(db: Db, rows: readonly IndexableRow[]): void {
  for (const [term, { kind, frequency }] of countTerms(rows)) {
    if (RAISE.run(db, { term, by: frequency }).changes > 0) continue;
    INSERT.run(db, { term, kind, pinyin: toPinyin(term), initials: toInitials(term), frequency });
    if (kind === 'party') for (const short of shortNames(term)) INSERT_ALIAS.run(db, { alias: short, name: term });
  }
}

/** Takes back what notices brought in that are to leave no trace: terms that nothing else has brought go. The caller holds the transaction. */
export function forgetTerms(db: Db, rows: readonly IndexableRow[]): void {
  for (const [term, { kind, frequency }] of countTerms(rows)) {
    RAISE.run(db, { term, by: -frequency });
    DROP_RARE.run(db, { term });
    if (kind === 'party') DROP_ALIASES.run(db, { name: term });
  }
}

function countTerms(rows: readonly IndexableRow[]): Terms {
  const terms: Terms = new Map();
  const count = (term: string, kind: 'word' | 'party') => {
    const known = terms.get(term);
    if (known) known.frequency++;
    else terms.set(term, { kind, frequency: 1 });
  };
  for (const row of rows) {
    for (const word of listVocabulary(normaliseText(row.title))) if (HAN.test(word)) count(word, 'word');
    const { label, short } = countyDefinition(row.county);
    for (const place of [label, short]) count(place, 'word');
    const names = [row.buyer, row.agency, ...row.suppliers, ...row.tenderers];
    for (const name of names) if (name && HAN.test(name)) count(name, 'party');
  }
  return terms;
}

const SHORT_COUNTIES = Object.values(COUNTIES).map(({ label, short }) => ({ label, short }));

/** How people shorten a name: without province, city, rank of the county and legal form. */
export function shortNames(name: string): string[] {
  const bare = name.replace(/^山东省?/, '').replace(/(?:有限责任公司|股份有限公司|有限公司)$/, '');
  const withoutCity = bare.replace(/^济宁市(?=.{4})/, '');
  const county = SHORT_COUNTIES.find(({ label }) => withoutCity.startsWith(label));
  const forms = [bare, withoutCity, bare.replace(/^济宁市/, '济宁')];
  if (county && county.short !== '市本级') {
    forms.push(county.short + withoutCity.slice(county.label.length));
    forms.push(`济宁${county.short}${withoutCity.slice(county.label.length)}`);
  }
  return [...new Set(forms)].filter((form) => form !== name && [...form].length >= 4);
}
