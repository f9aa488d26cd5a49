import { getDocument } from '../api/openapi.ts';
import { refuseParameters } from '../api/parse-query.ts';
import { type ReferenceSchema, readSchemas } from '../api/reference.ts';
import { getConfig } from '../config.ts';
import type { Asked } from './asked.ts';

/** The types of what the API takes and answers. @throws InputError for any query */
export function loadApiTypes({ url }: Asked): ReferenceSchema[] {
  refuseParameters(url.searchParams);
  return readSchemas(getDocument(getConfig().SITE_URL));
}
