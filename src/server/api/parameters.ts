import { z } from 'zod';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import { type ParameterTable, parameterNames, toQuerySchema } from '#src/domain/notices/filter-definition.ts';
import { NOTICE_FILTERS } from '#src/domain/notices/notice-filter.ts';
import type { Subject } from '../http/route.ts';
import { PAGE_SIZE } from '../notices/list.ts';
import type { DescribedPart } from './endpoint.ts';

/** One parameter as the document describes it. */
export interface Parameter {
  name: string;
  in: 'query' | 'path';
  required: boolean;
  description: string;
  schema: object;
  example: string | number;
}

/** The query that an address takes: the names, and what the document says of each. */
export interface Query {
  names: readonly string[];
  describe(): Parameter[];
}

export const NO_QUERY: Query = { names: [], describe: () => [] };

/** The query of a table, described out of the very definitions that parse it. `pageSize` is what `limit` is by default. */
export function queryOf(table: ParameterTable, pageSize?: number): Query {
  return { names: parameterNames(table), describe: () => describeParameters(table, pageSize) };
}

/** A query without some of its parameters. */
export function without(query: Query, ...left: readonly string[]): Query {
  const isKept = (name: string) => !left.includes(name);
  return {
    names: query.names.filter(isKept),
    describe: () => query.describe().filter(({ name }) => isKept(name)),
  };
}

/** The query of the lists of notices. */
export const NOTICE_QUERY: Query = queryOf(NOTICE_FILTERS, PAGE_SIZE);

function describeParameters(table: ParameterTable, pageSize?: number): Parameter[] {
  const { properties = {} } = z.toJSONSchema(toQuerySchema(table), { io: 'input' });
  return Object.entries(table).map(([name, { label, note, example }]) => ({
    name,
    in: 'query',
    required: false,
    description: `${label}：${note}${name === 'limit' && pageSize ? `，默认 ${pageSize}` : ''}`,
    schema: properties[name] as object,
    example,
  }));
}

/** The id of something in a path. */
export const idOf = (subject: Subject): DescribedPart => ({
  of: subject,
  example: 'k3vq7mzt2f5a',
  description: '编号，12 个小写字母或数字',
  schema: { type: 'string', pattern: ID_PATTERN.source },
});

/** One of several formats as the end of a path. */
export function formatOf(formats: Readonly<Record<string, string>>): DescribedPart {
  const values = Object.keys(formats);
  return { values, example: values[0] ?? '', description: '格式', schema: { type: 'string', enum: values } };
}
