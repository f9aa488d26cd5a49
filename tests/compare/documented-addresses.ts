import { z } from 'zod';

/** The parts of an OpenAPI document that say what can be asked. */
const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.object({
      get: z
        .object({
          parameters: z.array(
            z.object({
              name: z.string(),
              in: z.string(),
              example: z.union([z.string(), z.number()]).optional(),
              schema: z.looseObject({ enum: z.array(z.string()).optional() }),
            }),
          ),
        })
        .optional(),
    }),
  ),
});
type Parameter = {
  name: string;
  in: string;
  example?: string | number | undefined;
  schema: { enum?: string[] | undefined };
};

/** Pages that take the parameters of an operation; `{id}` is one of its ids. */
const PAGES: Record<string, readonly string[]> = {
  '/api/v1/notices': [
    '/notices',
    '/search',
    '/county/rencheng/notices',
    '/notices/land',
    '/notices/procurement/awardNotice',
  ],
  '/api/v1/exposures': ['/exposure', '/blacklist'],
  '/api/v1/organizations': ['/companies'],
  '/api/v1/organizations/{id}': ['/company/{id}'],
};

/**
 * The address of every read that an OpenAPI document describes: without parameters, with each value that a parameter may have, with the example of
 * each and with all examples at once; and the pages with the same. `ids` are known ids by the path that takes them.
 */
export function listDocumentedAddresses(document: unknown, ids: Record<string, readonly string[]>): string[] {
  return Object.entries(documentSchema.parse(document).paths).flatMap(([path, { get }]) => {
    if (!get) return [];
    const queries = listQueries(get.parameters.filter((each) => each.in === 'query'));
    const formats = get.parameters.find(({ name }) => name === 'format')?.schema.enum ?? [''];
    const places = [path, ...(PAGES[path] ?? [])].flatMap((place) =>
      formats.map((format) => place.replace('{format}', format)),
    );
    return places.flatMap((place) =>
      (place.includes('{') ? (ids[path] ?? []).map((id) => place.replace(/\{\w+\}/, id)) : [place]).flatMap((address) =>
        queries.map((query) => (query === '' ? address : `${address}?${query}`)),
      ),
    );
  });
}

function listQueries(parameters: readonly Parameter[]): string[] {
  const pairs = parameters.flatMap(({ name, example, schema }) => {
    const values = new Set([...(schema.enum ?? []), ...(example === undefined ? [] : [String(example)])]);
    return [...values].map((value) => [name, value] as const);
  });
  const examples = parameters.flatMap(({ name, example }) =>
    example === undefined || name === 'cursor' ? [] : [[name, String(example)] as [string, string]],
  );
  const all = ['', ...pairs.map((pair) => new URLSearchParams([[...pair]]).toString())];
  return [...new Set([...all, new URLSearchParams(examples).toString()])];
}
