import type { ExposureMarkView } from '#src/domain/exposures/views.ts';
import { type AwardFilter, awardFilterSchema } from '#src/domain/organizations/filter.ts';
import type { OrganizationView } from '#src/domain/organizations/views.ts';
import { companyUrl } from '#src/domain/site/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { webDb } from '../db.ts';
import { listOrganizationMarks } from '../exposures/marks.ts';
import { findMergedInto, getOrganization } from '../organizations/get.ts';
import { parseParameters } from '../parameters.ts';
import { type Asked, type Moved, moved } from './asked.ts';

export interface CompanyPage {
  company: OrganizationView;
  filter: AwardFilter;
  /** Its entries on the exposure board and the blacklist. */
  marks: ExposureMarkView[];
  now: Instant;
}

/** An organization. @throws NotFoundError; InputError for a query that is none */
export function loadCompany({ params, url }: Asked): CompanyPage | Moved {
  const { id = '' } = params;
  const db = webDb();
  const filter = parseParameters(awardFilterSchema, url.searchParams);
  const into = findMergedInto(db, id);
  // May be undone by staff, so not for ever.
  if (into) return moved(companyUrl(into, filter));
  const company = getOrganization(db, id, filter);
  const now = new Date().toISOString();
  return { company, filter, marks: listOrganizationMarks(db, id, now), now };
}
