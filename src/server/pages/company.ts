import type { Db } from '#db/client.ts';
import type { DutyTotals } from '#src/domain/disclosure-score/states.ts';
import type { ExposureMarkView } from '#src/domain/exposures/views.ts';
import type { FlaggedLotView, OrganizationFlagView } from '#src/domain/flags/views.ts';
import { type AwardFilter, awardFilterSchema } from '#src/domain/organizations/filter.ts';
import type { OrganizationView } from '#src/domain/organizations/views.ts';
import { companyUrl } from '#src/domain/site/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { webDb } from '../db.ts';
import { listOrganizationMarks } from '../exposures/marks.ts';
import { listFlagsOf } from '../flags/list.ts';
import { listOrganizationFlags } from '../flags/subjects.ts';
import { findMergedInto, getOrganization } from '../organizations/get.ts';
import { parseParameters } from '../parameters.ts';
import { totalsOf } from '../score/list.ts';
import { type Asked, type Moved, moved } from './asked.ts';

export interface CompanyPage {
  company: OrganizationView;
  filter: AwardFilter;
  /** Its entries on the exposure board and the blacklist. */
  marks: ExposureMarkView[];
  /** What indicators point at in its lots, and say of itself; null of a sole trader (个体工商户), who is a natural person in business. */
  flags: { lots: FlaggedLotView[]; own: OrganizationFlagView[]; duties: DutyTotals } | null;
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
  const flags = isSoleTrader(company.uscc) ? null : readFlags(db, id);
  return { company, filter, marks: listOrganizationMarks(db, id, now), flags, now };
}

/** Flagged lots that a page of an organization shows. */
const MOST_LOTS = 20;

function readFlags(db: Db, id: string): CompanyPage['flags'] {
  return {
    lots: listFlagsOf(db, id, MOST_LOTS),
    own: listOrganizationFlags(db, { organization: id }),
    duties: totalsOf(db, 'buyer', id),
  };
}

/** Codes of sole traders begin with 92 (GB 32100-2015, table 2). */
const isSoleTrader = (uscc: string | null): boolean => uscc?.startsWith('92') ?? false;
