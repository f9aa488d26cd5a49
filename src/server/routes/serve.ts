import type { APIRoute } from 'astro';
import { NotFoundError } from '#src/domain/errors.ts';
import { API_ROUTES } from './api.ts';
import { matcher } from './match.ts';

const findEndpoint = matcher(API_ROUTES.filter((route) => route.by === 'handler'));

/** Answers what is below a path by the functions of the rows of the API. */
export const serveBelow =
  (head: string): APIRoute =>
  ({ params, url }) =>
    serve(`${head}/${params.path ?? ''}`, url);

/** Answers a path by the function of its row. @throws NotFoundError when there is none */
export const servePath =
  (path: string): APIRoute =>
  ({ url }) =>
    serve(path, url);

async function serve(path: string, { searchParams: parameters }: URL): Promise<Response> {
  const found = findEndpoint(path);
  if (!found) throw new NotFoundError('没有这个接口');
  const handle = await found.route.load();
  return handle({ parts: found.parts, parameters });
}
