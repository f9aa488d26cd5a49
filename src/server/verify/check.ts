import type { SQL } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineRows } from '#db/query.ts';

/** One invariant. `find` gives the breaches, each in a few words with ids; none means that it holds. */
export interface Check {
  key: string;
  /** What must hold, in Chinese. */
  title: string;
  find(db: Db): Iterable<string> | AsyncIterable<string>;
}

export interface CheckResult {
  key: string;
  title: string;
  breaches: number;
  /** The first few. */
  examples: string[];
}

const EXAMPLES = 5;

/** Runs one check to its end. */
export async function runCheck(db: Db, check: Check): Promise<CheckResult> {
  const examples: string[] = [];
  let breaches = 0;
  for await (const breach of check.find(db)) {
    breaches++;
    if (examples.length < EXAMPLES) examples.push(breach);
  }
  return { key: check.key, title: check.title, breaches, examples };
}

/** What a whole query finds, each row as its values in one text: most checks are queries that must find nothing. */
export function defineBreaches(query: SQL): (db: Db) => Iterable<string> {
  const rows = defineRows(query);
  return function* (db) {
    for (const values of rows(db)) yield values.join(' ');
  };
}
