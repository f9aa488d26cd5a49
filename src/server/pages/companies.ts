import { type OrganizationFilter, organizationFilterSchema } from '#src/domain/organizations/filter.ts';
import type { OrganizationPage } from '#src/domain/organizations/views.ts';
import { companiesUrl } from '#src/domain/site/urls.ts';
import { hasBlankParameters } from '../notices/parse-filter.ts';
import { parseParameters } from '../parameters.ts';
import { currentReader } from '../reads/current.ts';
import { read } from '../reads/reader.ts';
import { type Asked, type Moved, moved } from './asked.ts';

export interface CompaniesPage {
  filter: OrganizationFilter;
  page: OrganizationPage;
}

/** The list of organizations. @throws InputError for a query that is none; UnavailableError when there is too much to do */
export async function loadCompanies({ url }: Asked): Promise<CompaniesPage | Moved> {
  const filter = parseParameters(organizationFilterSchema, url.searchParams);
  if (hasBlankParameters(url.searchParams)) return moved(companiesUrl(filter));
  return { filter, page: await read(currentReader(), 'listOrganizations', filter) };
}
