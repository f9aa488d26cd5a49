import type { APIRoute } from 'astro';
import { makeCatalog } from '#src/server/bulk/catalog.ts';
import { findBulkSet } from '#src/server/bulk/serve.ts';
import { getConfig } from '#src/server/config.ts';
import { webDb } from '#src/server/db.ts';
import { listCompleteness } from '#src/server/opendata/completeness.ts';
import { refuseParameters } from '#src/server/parameters.ts';

/** The DCAT catalogue of the data. */
export const GET: APIRoute = ({ url }) => {
  refuseParameters(url.searchParams);
  const config = getConfig();
  const manifest = findBulkSet(config.DATA_DIR)?.manifest;
  return new Response(JSON.stringify(makeCatalog(config, listCompleteness(webDb()), manifest)), {
    headers: { 'content-type': 'application/ld+json; charset=utf-8' },
  });
};
