import { answerBulkFile } from '../bulk/serve.ts';
import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { refuseParameters } from '../parameters.ts';
import type { Asked } from './asked.ts';

/** A bulk file, whole or in part. @throws InputError for any query; NotFoundError; UnavailableError while it is made anew */
export function loadBulkFile({ params, request, url }: Asked): Promise<Response> {
  refuseParameters(url.searchParams);
  return answerBulkFile(webDb(), getConfig().DATA_DIR, params.name ?? '', request.headers);
}
