import type { APIRoute } from 'astro';
import { awardFilterSchema } from '#src/domain/organizations/filter.ts';
import { apiOrganizationUrl } from '#src/domain/site/urls.ts';
import { answer } from '#src/server/api/answer.ts';
import { refuseBlank } from '#src/server/api/parse-query.ts';
import { organizationSchema } from '#src/server/api/schemas/organizations.ts';
import { webDb } from '#src/server/db.ts';
import { findMergedInto, getOrganization } from '#src/server/organizations/get.ts';
import { parseParameters } from '#src/server/parameters.ts';

/** One organization with its awards and library entries. */
export const GET: APIRoute = ({ params, url, redirect }) => {
  refuseBlank(url.searchParams);
  const filter = parseParameters(awardFilterSchema, url.searchParams);
  const id = params.id ?? '';
  const into = findMergedInto(webDb(), id);
  // May be undone by staff, so not for ever.
  if (into) return redirect(apiOrganizationUrl(into, filter), 302);
  return answer(organizationSchema, getOrganization(webDb(), id, filter));
};
