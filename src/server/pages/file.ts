import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { answerPublicFile } from '../files/public.ts';
import { refuseParameters } from '../parameters.ts';
import type { Asked } from './asked.ts';

/** An attachment. @throws InputError for any query; what `answerPublicFile` throws */
export function loadFile({ params, request, url }: Asked): Promise<Response> {
  refuseParameters(url.searchParams);
  return answerPublicFile(webDb(), getConfig().DATA_DIR, params.sha256 ?? '', request.headers);
}
