import { getConfig } from '../config.ts';
import { getDocument } from '../openapi/document.ts';
import { type ReferenceSchema, readSchemas } from '../openapi/reference.ts';
import { refuseParameters } from '../parameters.ts';
import type { Asked } from './asked.ts';

/** The types of what the API takes and answers. @throws InputError for any query */
export function loadApiTypes({ url }: Asked): ReferenceSchema[] {
  refuseParameters(url.searchParams);
  return readSchemas(getDocument(getConfig().SITE_URL));
}
