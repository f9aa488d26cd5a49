import { integer, text } from 'drizzle-orm/sqlite-core';

/**
 * Kinds of columns. A column is named by its property; a `name` is given where a view has the column too, in which Drizzle does not
 * find it by itself.
 */

/** What the database itself demands of every value of a column: a condition in SQL that holds of null as well. */
export type Rule = (column: string) => string;

const rules = new WeakMap<object, Rule>();

/** The rule of a column, by what builds it; undefined for free text. */
export const ruleOf = (builder: object): Rule | undefined => rules.get(builder);

function ruled<Builder extends object>(builder: Builder, rule: Rule): Builder {
  rules.set(builder, rule);
  return builder;
}

/** Largest integer that JavaScript holds exactly. */
const LARGEST = Number.MAX_SAFE_INTEGER;

/** An `Instant`: ISO 8601 UTC text with milliseconds, of a day and time that exist. */
export const instant = (name = '') =>
  ruled(text(name), (column) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column}) IS ${column}`);

/** A day that exists, `YYYY-MM-DD`. */
export const day = () => ruled(text(), (column) => `strftime('%Y-%m-%d', ${column}) IS ${column}`);

/** One of an enumeration of the domain, which stands there alone. */
export function oneOf<Value extends string, Values extends Readonly<[Value, ...Value[]]>>(values: Values, name = '') {
  return ruled(text<string, Value, Values, undefined, 'text'>(name, { enum: values }), (column) =>
    isOneOf(column, values),
  );
}

/** The same, or '' where a row stands for all of them together. */
export function oneOrAll<Value extends string>(values: readonly [Value, ...Value[]]) {
  return ruled(text().$type<Value | ''>(), (column) => isOneOf(column, ['', ...values]));
}

/** JSON of an object or an array. */
export function json<Value>(kind: 'object' | 'array', name = '') {
  const builder = text(name, { mode: 'json' }).$type<Value>();
  return ruled(builder, (column) => `json_valid(${column}) AND json_type(${column}) = '${kind}'`);
}

/** JSON that is kept as the text that was hashed or received. */
export const jsonText = () => ruled(text(), (column) => `json_valid(${column})`);

/** A truth value. */
export const flag = () => ruled(integer({ mode: 'boolean' }), (column) => `${column} IN (0, 1)`);

/** A whole number of at least `from`. */
export const number = (from = 0, until = LARGEST, name = '') =>
  ruled(integer(name), (column) => `${column} BETWEEN ${from} AND ${until}`);

/** Whole fen (CNY). */
export const fen = (name = '') => number(0, LARGEST, name);

/** Not IN: for a list of more than two SQLite makes a table of its own, which for a CHECK is made anew for every row that is written. */
const isOneOf = (column: string, values: readonly string[]): string =>
  values.map((value) => `${column} = '${value.replaceAll("'", "''")}'`).join(' OR ');
