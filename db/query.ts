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
import { type Query, type SQL, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import {
  type Bind,
  type Compiled,
  compile,
  type Decode,
  type Fields,
  type Params,
  prepareText,
  type RowOf,
  toBind,
  toCompiled,
  toDecode,
} from './compile.ts';
import { assertInTime } from './limit.ts';
import { toSelect } from './sql-pieces.ts';

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
    getQuery(): Query;
  };
}

interface Kept {
  prepared: ReturnType<Builder['prepare']>;
  /** The same for a write, which has no rows that Drizzle would have to decode. */
  write?: { statement: Statement<unknown[]>; bind: Bind };
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
  const kept = new WeakMap<Db['$client'], Kept>();
  const prepared = (db: Db) => {
    assertInTime();
    let query = kept.get(db.$client);
    if (!query) {
      query = { prepared: build(db, placeholders<Values>()).prepare() };
      kept.set(db.$client, query);
    }
    return query;
  };
  type Row = RowsOf<Built>;
  return {
    all: (db, ...[values]) => prepared(db).prepared.all(values as Record<string, unknown>) as Row[],
    first: (db, ...[values]) => prepared(db).prepared.get(values as Record<string, unknown>) as Row | undefined,
    run(db, ...[values]) {
      const query = prepared(db);
      query.write ??= toWrite(db, query.prepared.getQuery());
      const { statement, bind } = query.write;
      return toWritten(statement.run(...bind(values ?? {})));
    },
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
  let made: (Compiled & { decode: Decode<RowOf<Asked>> }) | undefined;
  const make = () => {
    if (!made) {
      const { fields, rest } = define(placeholders<Values>());
      made = { ...toCompiled(toSelect(fields, rest)), decode: toDecode(fields) };
    }
    return made;
  };
  return {
    all(db, ...[values]) {
      const { text, bind, decode } = make();
      const rows = prepareText(db, text).all(...bind(values ?? {}));
      return decode ? rows.map(decode) : (rows as RowOf<Asked>[]);
    },
    first(db, ...[values]) {
      const { text, bind, decode } = make();
      const row = prepareText(db, text).get(...bind(values ?? {}));
      return decode && row !== undefined ? decode(row) : (row as RowOf<Asked> | undefined);
    },
    *iterate(db, ...[values]) {
      const { text, bind, decode } = make();
      for (const row of prepareText(db, text).iterate(...bind(values ?? {}))) {
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
  let made: Compiled | undefined;
  return {
    run(db, ...[values]) {
      made ??= toCompiled(define(placeholders<Values>()));
      return toWritten(prepareText(db, made.text).run(...made.bind(values ?? {})));
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

type RunResult = { changes: number; lastInsertRowid: number | bigint };

const toWritten = ({ changes, lastInsertRowid }: RunResult): Written => ({
  changes,
  lastInsertRowid: Number(lastInsertRowid),
});

function placeholders<Values>(): Params<Values> {
  return new Proxy({}, { get: (_target, name) => sql.placeholder(String(name)) }) as Params<Values>;
}

function toWrite(db: Db, { sql: text, params }: Query): NonNullable<Kept['write']> {
  return { statement: db.$client.prepare(text), bind: toBind(params) };
}
