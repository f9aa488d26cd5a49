import { webDb } from '../../db.ts';
import { refuseParameters } from '../../parameters.ts';
import { getSyncBoard } from '../../sources/board.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { toSourceList } from './list.ts';
import { sourceListSchema } from './schema.ts';

/** The sync board: how every source is doing. */
export const listSources: Handler = ({ parameters }) => {
  refuseParameters(parameters);
  const now = new Date().toISOString();
  return answer(sourceListSchema, toSourceList(getSyncBoard(webDb(), now), now));
};
