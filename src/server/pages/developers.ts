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

/** The reference of the API, with examples that exist. @throws InputError for any query */
export function loadDevelopers({ url }: Asked): DevelopersPage {
  refuseParameters(url.searchParams);
  const { RATE_LIMIT, SITE_URL, OCDS_PREFIX } = getConfig();
  const document = getDocument(SITE_URL);
  return {
    introduction: document.info.description.split('\n\n'),
    groups: readOperations(document, findSampleIds(webDb(), new Date().toISOString(), OCDS_PREFIX)),
    filters: readFilters(),
    problems: Object.entries(PROBLEMS).map(([status, problem]) => ({ status, ...problem })),
    ratePerMinute: RATE_LIMIT,
    documentPath: DOCUMENT_PATH,
  };
}
