import { type BuildColumns, getTableName, sql, type Table } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import {
  check,
  type SQLiteColumnBuilderBase,
  type SQLiteTableExtraConfigValue,
  type SQLiteTableWithColumns,
  sqliteTable,
} from 'drizzle-orm/sqlite-core';
import { ruleOf } from './columns.ts';

/** What Drizzle cannot say of a table; `npm run gen` writes it into the migrations. */
export interface TableOptions {
  /** Rows lie in the order of the primary key, without a row number. */
  withoutRowid?: true;
  /** Conditions that concern several columns, in SQL, by name. */
  rules?: Readonly<Record<string, string>>;
}

const optionsByTable = new Map<string, TableOptions>();

/** What was declared of a table besides its columns. */
export const tableOptions = (table: Table): TableOptions => optionsByTable.get(getTableName(table)) ?? {};

type Columns = Record<string, SQLiteColumnBuilderBase>;
type Built<Name extends string, Map extends Columns> = BuildColumns<Name, Map, 'sqlite'>;

/** A table of ours: STRICT, its foreign keys judged at the commit, with the rules of its columns as CHECK constraints. */
export function table<Name extends string, Map extends Columns>(
  name: Name,
  columns: Map,
  extra: (self: Built<Name, Map>) => SQLiteTableExtraConfigValue[] = () => [],
  options: TableOptions = {},
): SQLiteTableWithColumns<{ name: Name; schema: undefined; columns: Built<Name, Map>; dialect: 'sqlite' }> {
  optionsByTable.set(name, options);
  const checks = [...columnRules(columns), ...Object.entries(options.rules ?? {})];
  return sqliteTable(name, columns, (self) => [
    ...checks.map(([key, condition]) => check(`${name}_${key}`, sql.raw(condition))),
    ...extra(self),
  ]);
}

function columnRules(columns: Columns): [key: string, condition: string][] {
  return Object.entries(columns).flatMap(([key, builder]): [string, string][] => {
    const column = toSnakeCase(key);
    const condition = ruleOf(builder)?.(column);
    return condition ? [[column, condition]] : [];
  });
}
