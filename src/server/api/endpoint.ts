import type { z } from 'zod';
import type { Parameter } from './parameters.ts';
import type { ProblemStatus } from './problem.ts';

/** One address of the API as the document describes it. */
export interface Endpoint<Schema extends z.ZodType = z.ZodType> {
  /** Address with `{id}` where an id stands. */
  path: string;
  operationId: string;
  summary: string;
  description: string;
  /** Whether the parameters of the notice filter apply; otherwise there are none. */
  filtered?: true;
  /** Parameters of a query of its own. */
  parameters?: readonly Parameter[];
  response: Schema;
  example: z.output<Schema>;
  /** Where the address may lead instead. */
  redirect?: { status: 301 | 302; description: string };
  problems: readonly ProblemStatus[];
}

/** Holds the example against the schema. */
export const endpoint = <Schema extends z.ZodType>(described: Endpoint<Schema>): Endpoint<Schema> => described;
