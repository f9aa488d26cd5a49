import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { refuseParameters } from '#src/server/api/parse-query.ts';
import { sourceListSchema } from '#src/server/api/schemas/sources.ts';
import { toSourceList } from '#src/server/api/source-list.ts';
import { webDb } from '#src/server/db.ts';
import { getSyncBoard } from '#src/server/sources/board.ts';

/** The sync board: how every source is doing. */
export const GET: APIRoute = ({ url }) => {
  refuseParameters(url.searchParams);
  const now = new Date().toISOString();
  return answer(sourceListSchema, toSourceList(getSyncBoard(webDb(), now), now));
};
