import { getConfig } from '../config.ts';
import { getDocument } from '../openapi/document.ts';
import { refuseParameters } from '../parameters.ts';
import type { Asked } from './asked.ts';

/** The description of the API, OpenAPI 3.1. @throws InputError for any query */
export function loadOpenApi({ url }: Asked): ReturnType<typeof getDocument> {
  refuseParameters(url.searchParams);
  return getDocument(getConfig().SITE_URL);
}
