import type { Statement } from 'better-sqlite3';
import { Column, is, noopDecoder, Param, Placeholder, type Query, SQL, StringChunk } from 'drizzle-orm';
import { CasingCache } from 'drizzle-orm/casing';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import type { Db } from './client.ts';
import { assertInTime } from './limit.ts';

const CASING = 'snake_case';
const dialect = new SQLiteSyncDialect({ casing: CASING });
/** The name of a column as the database has it. */
export const casing = new CasingCache(CASING);

/** A named value of a query, to be given each time it is asked. It may stand wherever a value of its type may. */
export type Params<Values> = { readonly [Name in keyof Values & string]: Placeholder<Name> & SQL<Values[Name]> };

/** What is asked for: a column, or an expression (`sql<number>\`count(*)\``), by the name that it has in the row. */
export type Fields = Record<string, Column | SQL | SQL.Aliased>;

export type ValueOf<Field> = Field extends Column
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

/** Text and parameters of a query. Most that are put together for a request are of texts and values alone: those need no dialect. */
export function compile(query: SQL): Query {
  const plain: Query = { sql: '', params: [] };
  return appendPlain(query, plain) ? plain : dialect.sqlToQuery(query);
}

/** Writes a query that is made of texts and values; false when there is anything else in it. */
function appendPlain(query: SQL, into: Query): boolean {
  // Its values are to stand in the text, e.g. for a partial index.
  if (Reflect.get(query, 'shouldInlineParams')) return false;
  return query.queryChunks.every((chunk) => {
    if (chunk instanceof StringChunk) into.sql += chunk.value.join('');
    else if (chunk instanceof SQL) return appendPlain(chunk, into);
    else if (typeof chunk === 'string' || typeof chunk === 'number') {
      into.sql += '?';
      into.params.push(chunk);
    } else return false;
    return true;
  });
}

/** Makes a row what its columns say; undefined when rows are so already. */
export type Decode<Row> = ((row: unknown) => Row) | undefined;

/** A text, and how values get into it. */
export interface Compiled {
  text: string;
  bind: Bind;
}

/** A query with named values, compiled once. */
export function toCompiled(query: SQL): Compiled {
  const { sql: text, params } = compile(query);
  return { text, bind: toBind(params) };
}

export type Bind = (values: Record<string, unknown>) => unknown[];

/** How values get into the places of a query's parameters. Drizzle's own way looks at every call anew what each parameter is. */
export function toBind(params: readonly unknown[]): Bind {
  const binds = params.map((param) => {
    const given = is(param, Param) ? param.value : param;
    if (!is(given, Placeholder)) return () => param;
    const { name } = given;
    const encoder = is(param, Param) && param.encoder;
    if (!encoder || encoder.mapToDriverValue === Column.prototype.mapToDriverValue)
      return (values: Record<string, unknown>) => values[name];
    return (values: Record<string, unknown>) => (values[name] === null ? null : encoder.mapToDriverValue(values[name]));
  });
  return (values) => binds.map((bind) => bind(values));
}

/** How rows become what their columns say (JSON, booleans); undefined when they are so already, as most are. */
export function toDecode<Asked extends Fields>(fields: Asked): Decode<RowOf<Asked>> {
  if (!decodes.has(fields)) decodes.set(fields, makeDecode(fields));
  return decodes.get(fields) as Decode<RowOf<Asked>>;
}

const decodes = new WeakMap<Fields, Decode<unknown>>();

function makeDecode<Asked extends Fields>(fields: Asked): Decode<RowOf<Asked>> {
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

/** Most lists and objects in columns of rows are empty: a parser costs more than they do. */
function readJson(value: unknown): unknown {
  if (value === '[]') return [];
  if (value === '{}') return {};
  return JSON.parse(value as string);
}

function decoderOf(field: Fields[string]): ((value: unknown) => unknown) | undefined {
  if (is(field, Column)) {
    if (field.mapFromDriverValue === Column.prototype.mapFromDriverValue) return undefined;
    if (field.dataType === 'json') return readJson;
    return (value) => field.mapFromDriverValue(value);
  }
  const { decoder } = (is(field, SQL.Aliased) ? field.sql : field) as unknown as { decoder: typeof noopDecoder };
  return decoder === noopDecoder ? undefined : (value) => decoder.mapFromDriverValue(value);
}

const statements = new WeakMap<Db['$client'], Map<string, Statement<unknown[]>>>();

/** The statement of a text, prepared once for each handle. @throws OverdueError when the work it is for has had its time */
export function prepareText(db: Db, text: string): Statement<unknown[]> {
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
