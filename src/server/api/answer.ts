import type { z } from 'zod';
import { DOCUMENT_PATH } from './problem.ts';
import { componentName } from './terms.ts';

/** An answer of the API, which says where its schema is (RFC 8288, RFC 8631). The compiler holds the value against it. */
export function answer<Schema extends z.ZodType>(schema: Schema, value: NoInfer<z.output<Schema>>): Response {
  const description = `${DOCUMENT_PATH}#/components/schemas/${componentName(schema)}`;
  return new Response(JSON.stringify(value), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      link: `<${DOCUMENT_PATH}>; rel="service-desc", <${description}>; rel="describedby"`,
    },
  });
}

/** Leads to another path of this site: for good (301) or for now (302). */
export const redirectTo = (path: string, status: 301 | 302): Response =>
  new Response(null, { status, headers: { location: path } });
