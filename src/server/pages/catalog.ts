import { makeCatalog } from '../bulk/catalog.ts';
import { findBulkSet } from '../bulk/serve.ts';
import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { listCompleteness } from '../opendata/completeness.ts';
import { refuseParameters } from '../parameters.ts';
import type { Asked } from './asked.ts';

/** The DCAT catalogue of the data. @throws InputError for any query */
export function loadCatalog({ url }: Asked): ReturnType<typeof makeCatalog> {
  refuseParameters(url.searchParams);
  const config = getConfig();
  return makeCatalog(config, listCompleteness(webDb()), findBulkSet(config.DATA_DIR)?.manifest);
}
