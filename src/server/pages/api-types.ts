import { NotFoundError } from '#src/domain/errors.ts';
import { getConfig } from '../config.ts';
import { getDocument } from '../openapi/document.ts';
import { readSchemas } from '../openapi/reference.ts';
import { refuseParameters } from '../parameters.ts';
import type { Asked } from './asked.ts';

/** The types of what the API takes and answers, by the group of operations that they stand with. @throws InputError for any query */
export function loadApiTypes({ url }: Asked): ReturnType<typeof readSchemas> {
  refuseParameters(url.searchParams);
  return readSchemas(getDocument(getConfig().SITE_URL));
}

/** The types of one group. @throws InputError for any query; NotFoundError for a group that there is not */
export function loadApiTypesOf(asked: Asked): ReturnType<typeof readSchemas>[number] {
  const group = loadApiTypes(asked).find(({ slug }) => slug === asked.params.group);
  if (!group) throw new NotFoundError();
  return group;
}
