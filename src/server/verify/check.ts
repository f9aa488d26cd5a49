import type { Db } from '#db/client.ts';

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

/** The values of the first column of a query, as texts: most checks are queries that must find nothing. */
export function* queryBreaches(db: Db, sql: string): Generator<string> {
  for (const row of db.$client.prepare(sql).raw().iterate()) yield (row as unknown[]).join(' ');
}
