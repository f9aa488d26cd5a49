/**
 * How the database is asked. The names of tables and columns come from `schema/` alone, so that one that is renamed there does not
 * compile anywhere else; rows have the names and types of the fields that were asked for.
 *
 * - The ordinary way is `defineQuery`: Drizzle's builder, prepared once for each handle.
 * - Where a query has to be text (a chosen index, FTS, a recursive expression, upserts with conditions) `defineSelect` and
 *   `defineStatement` take a `sql` template that refers to columns, compiled once for all handles.
 * - Texts put together anew for each request (lists under any filters) go to `selectAll`, `selectFirst` and `execute`. Their pieces
 *   are fixed and values are parameters, so that the number of texts is bounded: each is prepared once.
 */
import type { Statement } from 'better-sqlite3';
import {
  Column,
  fillPlaceholders,
  getTableName,
  is,
  noopDecoder,
  type Placeholder,
  type Query,
  SQL,
  sql,
  type Table,
} from 'drizzle-orm';
import { CasingCache } from 'drizzle-orm/casing';
import {
  alias,
  type BuildAliasTable,
  SQLiteSyncDialect,
  type SQLiteTable,
  type SQLiteView,
} from 'drizzle-orm/sqlite-core';
import type { Db } from './client.ts';
import { assertInTime } from './limit.ts';

const CASING = 'snake_case';
const dialect = new SQLiteSyncDialect({ casing: CASING });
const casing = new CasingCache(CASING);

/** A named value of a query, to be given each time it is asked. It may stand wherever a value of its type may. */
export type Params<Values> = { readonly [Name in keyof Values & string]: Placeholder<Name> & SQL<Values[Name]> };

/** What is asked for: a column, or an expression (`sql<number>\`count(*)\``), by the name that it has in the row. */
export type Fields = Record<string, Column | SQL | SQL.Aliased>;

type ValueOf<Field> = Field extends Column
  ? Field['_']['notNull'] extends true
    ? Field['_']['data']
    : Field['_']['data'] | null
  : Field extends SQL<infer Value>
    ? Value
    : Field extends SQL.Aliased<infer Value>
      ? Value
      : never;

/** The row that fields give. */
export type RowOf<Asked extends Fields> = { [Name in keyof Asked]: ValueOf<Asked[Name]> };

/** What a write did. */
export interface Written {
  changes: number;
  lastInsertRowid: number;
}

/** A query of Drizzle's builder, as far as it matters here. */
interface Builder {
  prepare(): {
    all(values?: Record<string, unknown>): unknown;
    get(values?: Record<string, unknown>): unknown;
    run(values?: Record<string, unknown>): unknown;
  };
}

type RowsOf<Built> = Built extends { all(): infer Rows } ? (Rows extends (infer Row)[] ? Row : never) : never;

/** No values: `query.all(db)`. */
type Given<Values> = keyof Values extends never ? [] : [values: Values];

export interface PreparedQuery<Values, Row> {
  all(db: Db, ...values: Given<Values>): Row[];
  first(db: Db, ...values: Given<Values>): Row | undefined;
  run(db: Db, ...values: Given<Values>): Written;
}

export interface PreparedSelect<Values, Row> extends Omit<PreparedQuery<Values, Row>, 'run'> {
  /** Row by row, for what is too long to be held. The handle is busy until the last one. */
  iterate(db: Db, ...values: Given<Values>): IterableIterator<Row>;
}

/**
 * A query of the builder: `defineQuery((db, p: Params<{ id: string }>) => db.select().from(notices).where(eq(notices.id, p.id)))`.
 * @throws OverdueError when the work it is for has had its time
 */
export function defineQuery<Values, Built extends Builder>(
  build: (db: Db, params: Params<Values>) => Built,
): PreparedQuery<Values, RowsOf<Built>> {
  const kept = new WeakMap<Db['$client'], ReturnType<Builder['prepare']>>();
  const prepared = (db: Db) => {
    assertInTime();
    let query = kept.get(db.$client);
    if (!query) {
      query = build(db, placeholders<Values>()).prepare();
      kept.set(db.$client, query);
    }
    return query;
  };
  type Row = RowsOf<Built>;
  return {
    all: (db, ...[values]) => prepared(db).all(values as Record<string, unknown>) as Row[],
    first: (db, ...[values]) => prepared(db).get(values as Record<string, unknown>) as Row | undefined,
    run: (db, ...[values]) => toWritten(prepared(db).run(values as Record<string, unknown>) as RunResult),
  };
}

/**
 * A query whose text matters: the fields, and everything behind `SELECT …`.
 * `defineSelect((p: Params<{ id: string }>) => ({ fields: { title: notices.title }, rest: sql\`FROM ${notices} WHERE ${notices.id} = ${p.id}\` }))`
 * @throws OverdueError as `defineQuery`
 */
export function defineSelect<Values, Asked extends Fields>(
  define: (params: Params<Values>) => { fields: Asked; rest: SQL },
): PreparedSelect<Values, RowOf<Asked>> {
  let made: { query: Query; decode: Decode<RowOf<Asked>> } | undefined;
  const make = () => {
    if (!made) {
      const { fields, rest } = define(placeholders<Values>());
      made = { query: compile(toSelect(fields, rest)), decode: toDecode(fields) };
    }
    return made;
  };
  return {
    all(db, ...[values]) {
      const { query, decode } = make();
      const rows = prepareText(db, query.sql).all(...fill(query, values));
      return decode ? rows.map(decode) : (rows as RowOf<Asked>[]);
    },
    first(db, ...[values]) {
      const { query, decode } = make();
      const row = prepareText(db, query.sql).get(...fill(query, values));
      return decode && row !== undefined ? decode(row) : (row as RowOf<Asked> | undefined);
    },
    *iterate(db, ...[values]) {
      const { query, decode } = make();
      for (const row of prepareText(db, query.sql).iterate(...fill(query, values))) {
        yield decode ? decode(row) : (row as RowOf<Asked>);
      }
    },
  };
}

/** A whole query whose rows are told as they are, value by value, one after the other. @throws OverdueError as `defineQuery` */
export function defineRows(text: SQL): (db: Db) => IterableIterator<unknown[]> {
  let query: Query | undefined;
  return (db) => {
    query ??= compile(text);
    assertInTime();
    return db.$client
      .prepare<unknown[], unknown[]>(query.sql)
      .raw()
      .iterate(...query.params);
  };
}

/** A write whose text matters, compiled once. @throws OverdueError as `defineQuery` */
export function defineStatement<Values>(define: (params: Params<Values>) => SQL): {
  run(db: Db, ...values: Given<Values>): Written;
} {
  let query: Query | undefined;
  return {
    run(db, ...[values]) {
      query ??= compile(define(placeholders<Values>()));
      return toWritten(prepareText(db, query.sql).run(...fill(query, values)));
    },
  };
}

/** All rows of a text put together for this request: its fields, and everything behind `SELECT …`. @throws OverdueError as `defineQuery` */
export function selectAll<Asked extends Fields>(db: Db, fields: Asked, rest: SQL): RowOf<Asked>[] {
  const { sql: text, params } = compile(toSelect(fields, rest));
  const rows = prepareText(db, text).all(...params);
  const decode = toDecode(fields);
  return decode ? rows.map(decode) : (rows as RowOf<Asked>[]);
}

/** The first row of a text put together for this request. @throws OverdueError as `defineQuery` */
export function selectFirst<Asked extends Fields>(db: Db, fields: Asked, rest: SQL): RowOf<Asked> | undefined {
  const { sql: text, params } = compile(toSelect(fields, rest));
  const row = prepareText(db, text).get(...params);
  const decode = toDecode(fields);
  return decode && row !== undefined ? decode(row) : (row as RowOf<Asked> | undefined);
}

/** Runs a write put together for this occasion. @throws OverdueError as `defineQuery` */
export function execute(db: Db, statement: SQL): Written {
  const { sql: text, params } = compile(statement);
  return toWritten(prepareText(db, text).run(...params));
}

/** `SELECT a AS "a", b AS "b" …`, to stand inside another text (a part of a union, a subquery). */
export function toSelect(fields: Fields, rest: SQL): SQL {
  const columns = Object.entries(fields).map(
    ([name, field]) => sql`${is(field, SQL.Aliased) ? field.sql : field} AS ${sql.identifier(name)}`,
  );
  return sql`SELECT ${sql.join(columns, sql`, `)} ${rest}`;
}

const froms = new WeakMap<object, SQL>();

/** A table or view under another name: `const n = aliased(notices, 'n')`, then `FROM ${named(n)}` and `${n.title}`. */
export function aliased<Source extends SQLiteTable | SQLiteView, Name extends string>(
  source: Source,
  name: Name,
): BuildAliasTable<Source, Name> {
  const made = alias(source, name);
  froms.set(made as object, sql`${source} AS ${sql.identifier(name)}`);
  return made;
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

/** The values under the names of columns, as an insert or update takes them: `db.insert(states).values(paramsOf(getTableColumns(states), p))`. */
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

type RunResult = { changes: number; lastInsertRowid: number | bigint };
type Decode<Row> = ((row: unknown) => Row) | undefined;

const toWritten = ({ changes, lastInsertRowid }: RunResult): Written => ({
  changes,
  lastInsertRowid: Number(lastInsertRowid),
});

function placeholders<Values>(): Params<Values> {
  return new Proxy({}, { get: (_target, name) => sql.placeholder(String(name)) }) as Params<Values>;
}

const compile = (query: SQL): Query => dialect.sqlToQuery(query);

function fill({ params }: Query, values: unknown): unknown[] {
  return values === undefined ? params : fillPlaceholders(params, values as Record<string, unknown>);
}

/** How rows become what their columns say (JSON, booleans); undefined when they are so already, as most are. */
function toDecode<Asked extends Fields>(fields: Asked): Decode<RowOf<Asked>> {
  const decoders = Object.entries(fields).flatMap(([name, field]) => {
    const decoder = decoderOf(field);
    return decoder ? [[name, decoder] as const] : [];
  });
  if (decoders.length === 0) return undefined;
  return (row) => {
    const decoded = row as Record<string, unknown>;
    for (const [name, decode] of decoders) {
      if (decoded[name] !== null) decoded[name] = decode(decoded[name]);
    }
    return decoded as RowOf<Asked>;
  };
}

function decoderOf(field: Fields[string]): ((value: unknown) => unknown) | undefined {
  if (is(field, Column)) {
    if (field.mapFromDriverValue === Column.prototype.mapFromDriverValue) return undefined;
    return (value) => field.mapFromDriverValue(value);
  }
  const { decoder } = (is(field, SQL.Aliased) ? field.sql : field) as unknown as { decoder: typeof noopDecoder };
  return decoder === noopDecoder ? undefined : (value) => decoder.mapFromDriverValue(value);
}

const statements = new WeakMap<Db['$client'], Map<string, Statement<unknown[]>>>();

function prepareText(db: Db, text: string): Statement<unknown[]> {
  assertInTime();
  let kept = statements.get(db.$client);
  if (!kept) {
    kept = new Map();
    statements.set(db.$client, kept);
  }
  let statement = kept.get(text);
  if (!statement) {
    statement = db.$client.prepare<unknown[]>(text);
    kept.set(text, statement);
  }
  return statement;
}
