import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect } from '#db/query.ts';
import { named } from '#db/sql-pieces.ts';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { FACT_DOUBTS } from '#src/domain/facts/fact-evidence.ts';
import { entryLabel } from '#src/domain/facts/fact-text.ts';
import { factLabel } from '#src/domain/facts/fact-words.ts';
import type { EntryKey, FactKey, FactValue } from '#src/domain/facts/facts.ts';
import { CORRECTIONS } from '#src/domain/notices/correction.ts';
import type { Stage } from '#src/domain/stages.ts';
import { n } from './conditions.ts';
import { getCorrection } from './correction.ts';

/** Something about a public notice that a person should look at. */
export interface Doubt {
  noticeId: string;
  title: string;
  category: Category;
  stage: Stage;
  county: County;
  /** The fact in question; of a list its column and row. */
  fact: string;
  /** The source's own words. */
  text: string;
  reason: string;
}

const SUSPECTS = defineSelect(() => ({
  fields: {
    noticeId: n.id,
    title: n.title,
    category: n.category,
    stage: n.stage,
    county: n.county,
    lotCode: n.lotCode,
    facts: n.facts,
  },
  rest: sql`FROM ${named(n)} WHERE ${n.stage} IN ${[...CORRECTIONS]} OR ${n.facts} LIKE '%"doubt":%'
    ORDER BY ${n.publishedAt} DESC, ${n.id}`,
}));

/** Doubtful facts of public notices, and corrections whose original the portal does not have, newest notice first. */
export function* listDoubts(db: Db): Generator<Doubt> {
  for (const { lotCode, facts, ...notice } of SUSPECTS.all(db)) {
    for (const [key, fact] of Object.entries(facts) as [FactKey, FactValue][]) {
      const label = factLabel(key, notice.category, notice.stage);
      yield* doubtOf(fact, label).map((doubt) => ({ ...notice, ...doubt }));
      for (const [index, entry] of (fact.entries ?? []).entries())
        for (const [column, value] of Object.entries(entry) as [EntryKey, FactValue][])
          yield* doubtOf(
            value,
            `${label}第 ${index + 1} 行${entryLabel(column, key, notice.category, notice.stage)}`,
          ).map((doubt) => ({
            ...notice,
            ...doubt,
          }));
    }
    const isAlone =
      CORRECTIONS.has(notice.stage) && !getCorrection(db, { id: notice.noticeId, lotCode, facts }).original;
    if (isAlone) yield { ...notice, fact: '', text: '', reason: '没有找到被更正的公告' };
  }
}

function doubtOf({ text, doubt }: FactValue, fact: string): Pick<Doubt, 'fact' | 'text' | 'reason'>[] {
  return doubt ? [{ fact, text, reason: FACT_DOUBTS[doubt] }] : [];
}
