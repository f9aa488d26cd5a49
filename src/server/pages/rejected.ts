import type { RejectedPage as RejectedItems, SourceHealth } from '#src/domain/site/site-views.ts';
import { webDb } from '../db.ts';
import { getSource } from '../sources/health.ts';
import { listRejected, parseRejectedQuery } from '../sources/rejected.ts';
import type { Asked } from './asked.ts';

export interface RejectedPage {
  source: SourceHealth;
  page: RejectedItems;
  /** Set on every page but the first. */
  before: number | undefined;
}

/** What was refused of a source. @throws NotFoundError; InputError for a query that is none */
export function loadRejected({ params, url }: Asked): RejectedPage {
  const db = webDb();
  const source = getSource(db, params.key ?? '');
  const { before } = parseRejectedQuery(url.searchParams);
  return { source, page: listRejected(db, source.key, before), before };
}
