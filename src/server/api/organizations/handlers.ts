import { awardFilterSchema, organizationFilterSchema } from '#src/domain/organizations/filter.ts';
import { apiOrganizationUrl } from '#src/domain/site/urls.ts';
import { webDb } from '../../db.ts';
import { parseExportFormat, refusePaging } from '../../exports/answer.ts';
import { findMergedInto, getOrganization as readOrganization } from '../../organizations/get.ts';
import { parseParameters, refuseBlank } from '../../parameters.ts';
import { currentReader } from '../../reads/current.ts';
import { read, readWholeFile } from '../../reads/reader.ts';
import { answer, redirectTo } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { organizationPageSchema, organizationSchema } from './schema.ts';

/** Organizations by name, initials or code, in a role or a county. */
export const listOrganizations: Handler = async ({ parameters }) => {
  refuseBlank(parameters);
  const filter = parseParameters(organizationFilterSchema, parameters);
  return answer(organizationPageSchema, await read(currentReader(), 'listOrganizations', filter));
};

/** One organization with its awards and library entries. */
export const getOrganization: Handler<'id'> = ({ parts: { id }, parameters }) => {
  refuseBlank(parameters);
  const filter = parseParameters(awardFilterSchema, parameters);
  const into = findMergedInto(webDb(), id);
  // May be undone by staff, so not for ever.
  if (into) return redirectTo(apiOrganizationUrl(into, filter), 302);
  return answer(organizationSchema, readOrganization(webDb(), id, filter));
};

/** A whole list of organizations as a file. */
export const exportOrganizations: Handler<'format'> = ({ parts, parameters }) => {
  const format = parseExportFormat(parts.format);
  refusePaging(parameters);
  const filter = parseParameters(organizationFilterSchema, parameters);
  return readWholeFile(currentReader(), { list: 'organizations', format, filter, now: new Date().toISOString() });
};
