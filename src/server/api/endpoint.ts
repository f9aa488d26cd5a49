import type { z } from 'zod';
import { ORDINARY } from '../http/limits.ts';
import type { PathNames, PathPart, Route } from '../http/route.ts';
import type { Parameter, Query } from './parameters.ts';
import type { ProblemStatus } from './problem.ts';
import type { Tag } from './tags.ts';

/** A request as the functions that answer it see it. */
export interface Asked<Name extends string = string> {
  /** What stands in the places of the path, decoded. */
  parts: Readonly<Record<Name, string>>;
  parameters: URLSearchParams;
}

/** Answers a request. @throws PublicError, which becomes a problem */
export type Handler<Name extends string = string> = (asked: Asked<Name>) => Response | Promise<Response>;

/** A place in a path as the document describes it. */
export type DescribedPart = PathPart & Pick<Parameter, 'description' | 'schema'>;

/** A schema that the document names, with a value as it looks. */
export interface Shown {
  schema: z.ZodType;
  example: unknown;
}

/** What every address of the API says of itself. */
interface Described extends Route {
  /** The group in which it stands. */
  tag: Tag;
  description: string;
  problems: readonly ProblemStatus[];
  audience: 'programs';
}

/** An operation of the API that only gives. */
interface Given extends Described {
  by: 'handler';
  operationId: string;
  summary: string;
  parts: Readonly<Record<string, DescribedPart>>;
  query: Query;
  /** Loads what answers: whoever only looks at the table needs none of it. */
  load(): Promise<Handler>;
}

/** An address that answers one of our JSON objects. */
export interface JsonEndpoint extends Given {
  kind: 'json';
  answer: Shown;
  /** Where the address may lead instead. */
  redirect?: { status: 301 | 302; description: string };
}

/** An address that answers a file in a format of its own. */
export interface FileEndpoint extends Given {
  kind: 'file';
  /** Media type by format. */
  formats: Readonly<Record<string, string>>;
}

/** An address that takes signed pushes, with an operation for each kind of item. */
export interface PushEndpoint extends Described {
  kind: 'push';
  by: 'receiver';
  headers: readonly (readonly [name: string, description: string, example: string])[];
  answer: Shown;
  operations: readonly { value: string; operationId: string; summary: string; item: Shown }[];
}

export type Endpoint = JsonEndpoint | FileEndpoint | PushEndpoint;

/** What is the same for all that only gives: everybody may read it, and other sites' scripts. */
const READ = {
  by: 'handler',
  methods: ['GET', 'HEAD'],
  limits: ORDINARY,
  role: 'public',
  audience: 'programs',
  shared: true,
  example: {},
} as const;

/** What a row of the table says of an address that gives, besides what is the same for all. */
export type RowOf<Kind extends Given, Path extends string> = Omit<
  Kind,
  keyof typeof READ | 'kind' | 'path' | 'parts' | 'parameters' | 'load'
> &
  Partial<Pick<Kind, 'shared' | 'example' | 'limits'>> & {
    path: Path;
    parts: Readonly<Record<PathNames<Path>, DescribedPart>>;
    load(): Promise<Handler<PathNames<Path>>>;
  };

/** A row of the table for an address that answers JSON. Holds the example against the schema. */
export const jsonEndpoint = <const Path extends `/${string}`, Schema extends z.ZodType>({
  response: schema,
  answer: example,
  ...row
}: Omit<RowOf<JsonEndpoint, Path>, 'answer'> & {
  response: Schema;
  answer: NoInfer<z.output<Schema>>;
}): JsonEndpoint => ({ ...complete(row), kind: 'json', answer: { schema, example } });

/** A row of the table for an address that answers a file. */
export const fileEndpoint = <const Path extends `/${string}`>(row: RowOf<FileEndpoint, Path>): FileEndpoint => ({
  ...complete(row),
  kind: 'file',
});

/** Past this point nobody knows which names the path has: who loads a function gives it what the path had. */
const complete = <Row extends { query: Query; load(): unknown }>({ load, ...row }: Row) => ({
  ...READ,
  ...row,
  parameters: row.query.names,
  load: load as Given['load'],
});
