import type { APIRoute } from 'astro';
import { organizationFilterSchema } from '#src/domain/organizations/filter.ts';
import { answer } from '#src/server/api/answer.ts';
import { refuseBlank } from '#src/server/api/parse-query.ts';
import { organizationPageSchema } from '#src/server/api/schemas/organizations.ts';
import { parseParameters } from '#src/server/parameters.ts';
import { read } from '#src/server/reads/reader.ts';

/** Organizations by name, initials or code, in a role or a county. */
export const GET: APIRoute = async ({ locals, url }) => {
  refuseBlank(url.searchParams);
  const filter = parseParameters(organizationFilterSchema, url.searchParams);
  return answer(organizationPageSchema, await read(locals.reader, 'listOrganizations', filter));
};
