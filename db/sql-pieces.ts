/** What `sql` templates are put together of: names that come from the schema, and pieces compiled once. */
import { type Column, getTableName, is, type Placeholder, SQL, sql, type Table } from 'drizzle-orm';
import { alias, type BuildAliasTable, type SQLiteTable, type SQLiteView } from 'drizzle-orm/sqlite-core';
import { casing, compile, type Fields, type Params, type RowOf, type ValueOf } from './compile.ts';

/** A piece without values, compiled once for the texts that are put together of such pieces. @throws Error when it has values */
export function fixed(piece: SQL): SQL {
  const { sql: text, params } = compile(piece);
  if (params.length > 0) throw new Error('a fixed piece has no values');
  return sql.raw(text);
}

const selects = new WeakMap<Fields, SQL>();

/** `SELECT a AS "a", b AS "b" …`, to stand inside another text (a part of a union, a subquery). Of fields without values the text is kept. */
export function toSelect(fields: Fields, rest: SQL): SQL {
  let select = selects.get(fields);
  if (!select) {
    const columns = Object.entries(fields).map(
      ([name, field]) => sql`${is(field, SQL.Aliased) ? field.sql : field} AS ${sql.identifier(name)}`,
    );
    select = sql`SELECT ${sql.join(columns, sql`, `)} `;
    const { sql: text, params } = compile(select);
    if (params.length === 0) select = sql.raw(text);
    selects.set(fields, select);
  }
  return sql`${select}${rest}`;
}

const froms = new WeakMap<object, SQL>();

/** A table or view under another name: `const n = aliased(notices, 'n')`, then `FROM ${named(n)}` and `${n.title}`. */
export function aliased<Source extends SQLiteTable | SQLiteView, Name extends string>(
  source: Source,
  name: Name,
): BuildAliasTable<Source, Name> {
  const made = keepProperties(alias(source, name));
  froms.set(made as object, sql`${source} AS ${sql.identifier(name)}`);
  return made;
}

/** Drizzle makes the column of an alias anew each time it is named: here it is made once, and is the same one. */
function keepProperties<Source extends object>(source: Source): Source {
  const kept = new Map<PropertyKey, unknown>();
  return new Proxy(source, {
    get(target, name) {
      if (!kept.has(name)) kept.set(name, Reflect.get(target, name));
      return kept.get(name);
    },
  });
}

/** What stands behind FROM for a source made by `aliased`. @throws Error for any other */
export function named(source: object): SQL {
  const from = froms.get(source);
  if (!from) throw new Error('not made by aliased()');
  return from;
}

/** A column by its name alone, where SQL takes no other: what is set, lists of columns of an index or an INSERT. */
export function bare(column: Column): SQL {
  return sql`${sql.identifier(casing.getColumnCasing(column))}`;
}

/** What an upsert would have written into a column. */
export function excluded<Column_ extends Column>(column: Column_): SQL<ValueOf<Column_>> {
  return sql<ValueOf<Column_>>`excluded.${bare(column)}`;
}

/** The values under the names of columns, as an insert or update takes them: `db.insert(keyValues).values(paramsOf(getTableColumns(keyValues), p))`. */
export function paramsOf<Columns extends Record<string, Column>>(
  columns: Columns,
  params: Params<RowOf<Columns>>,
): Params<RowOf<Columns>> {
  const given: Record<string, unknown> = params;
  return Object.fromEntries(Object.keys(columns).map((name) => [name, given[name]])) as Params<RowOf<Columns>>;
}

/** For an upsert: sets columns to what it would have written. */
export function excludedOf<Columns extends Record<string, Column>>(columns: Columns): { [Name in keyof Columns]: SQL } {
  const entries = Object.entries(columns).map(([name, column]) => [name, excluded(column)]);
  return Object.fromEntries(entries) as { [Name in keyof Columns]: SQL };
}

/** The values of a JSON array, to stand behind IN: a list of any length is one parameter, and one text. */
export function valuesOf(json: SQL | Placeholder | string): SQL {
  return sql`(SELECT value FROM json_each(${json}))`;
}

/** A column's name as the database has it, for what SQL asks by text (PRAGMAs, names of JSON keys). */
export function columnName(column: Column): string {
  return casing.getColumnCasing(column);
}

/** The name of a table, for what SQL asks by text. */
export function tableName(table: Table): string {
  return getTableName(table);
}
