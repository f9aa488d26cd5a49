import { z } from 'zod';
import { parseListQuery } from '../../notices/parse-filter.ts';
import { refuseParameters } from '../../parameters.ts';
import { currentReader } from '../../reads/current.ts';
import { read } from '../../reads/reader.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { disposalPageSchema, disposalSchema } from './schema.ts';

/** Sales of public assets. */
export const listDisposals: Handler = async ({ parameters }) =>
  answer(disposalPageSchema, await read(currentReader(), 'listDisposals', parseListQuery(parameters)));

/** The JSON Schema of a disposal. */
export const getDisposalSchema: Handler = ({ parameters }) => {
  refuseParameters(parameters);
  return new Response(JSON.stringify(z.toJSONSchema(disposalSchema, { io: 'input' })), {
    headers: { 'content-type': 'application/schema+json; charset=utf-8' },
  });
};
