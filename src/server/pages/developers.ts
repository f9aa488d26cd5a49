import { NotFoundError } from '#src/domain/errors.ts';
import { DOCUMENT_PATH, PROBLEMS } from '../api/problem.ts';
import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { getDocument } from '../openapi/document.ts';
import { type ReferenceGroup, type ReferenceParameter, readFilters, readOperations } from '../openapi/reference.ts';
import { refuseParameters } from '../parameters.ts';
import { findSampleIds } from '../routes/samples.ts';
import type { Asked } from './asked.ts';

export interface DevelopersPage {
  /** About the whole API, in paragraphs. */
  introduction: string[];
  groups: ReferenceGroup[];
  /** The parameters of the lists of notices. */
  filters: ReferenceParameter[];
  /** The kinds of refusals, by status. */
  problems: { status: string; name: string; title: string; description: string }[];
  /** New answers that a client may have in a minute. */
  ratePerMinute: number;
  /** Where the OpenAPI document is. */
  documentPath: string;
}

/** The operations of the API, with examples that exist. */
function readGroups(): ReferenceGroup[] {
  const { SITE_URL, OCDS_PREFIX } = getConfig();
  return readOperations(getDocument(SITE_URL), findSampleIds(webDb(), new Date().toISOString(), OCDS_PREFIX));
}

/** A group of the API's operations. @throws InputError for any query; NotFoundError for a group that there is not */
export function loadApiGroup({ url, params }: Asked): ReferenceGroup {
  refuseParameters(url.searchParams);
  const group = readGroups().find(({ slug }) => slug === params.group);
  if (!group) throw new NotFoundError();
  return group;
}

/** What holds of the whole API, and where each operation is explained. @throws InputError for any query */
export function loadDevelopers({ url }: Asked): DevelopersPage {
  refuseParameters(url.searchParams);
  const { RATE_LIMIT, SITE_URL } = getConfig();
  const document = getDocument(SITE_URL);
  return {
    introduction: document.info.description.split('\n\n'),
    groups: readGroups(),
    filters: readFilters(),
    problems: Object.entries(PROBLEMS).map(([status, problem]) => ({ status, ...problem })),
    ratePerMinute: RATE_LIMIT,
    documentPath: DOCUMENT_PATH,
  };
}
