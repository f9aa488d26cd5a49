import { webDb } from '../../db.ts';
import { listMappings as readMappings } from '../../mappings/list.ts';
import { refuseParameters } from '../../parameters.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { mappingListSchema } from './schema.ts';

/** What the values of every source mean here. */
export const listMappings: Handler = ({ parameters }) => {
  refuseParameters(parameters);
  return answer(mappingListSchema, { items: readMappings(webDb()) });
};
