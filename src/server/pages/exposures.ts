import type { ExposureFilter } from '#src/domain/exposures/filter.ts';
import type { Board } from '#src/domain/exposures/registry.ts';
import { exposuresUrl } from '#src/domain/exposures/urls.ts';
import type { ExposurePage } from '#src/domain/exposures/views.ts';
import { webDb } from '../db.ts';
import { listExposures } from '../exposures/list.ts';
import { parseExposureFilter } from '../exposures/parse-filter.ts';
import { hasBlankParameters } from '../notices/parse-filter.ts';
import { type Asked, type Moved, moved } from './asked.ts';

export interface ExposuresPage {
  page: ExposurePage;
  filter: ExposureFilter & { board: Board };
}

/** The exposure board or the blacklist. @throws InputError for a query that is none */
export function loadExposures({ url }: Asked, board: Board): ExposuresPage | Moved {
  const filter = { ...parseExposureFilter(url.searchParams, board), board };
  if (hasBlankParameters(url.searchParams)) return moved(exposuresUrl(filter));
  return { page: listExposures(webDb(), filter), filter };
}
