import type { Meilisearch } from 'meilisearch';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { toEngineFilter } from '#src/server/search/meili-query.ts';
import { INDEX_SETTINGS } from '#src/server/search/settings.ts';
import type { CorpusNotice } from '../search-quality/corpus.ts';

/** An index as one would make it without Tongming: the texts as they are, left to the engine's own Chinese words. */
export const PLAIN_INDEX = 'plain';

const BATCH = 10_000;
const TASK_TIMEOUT_MS = 600_000;
const SNIPPET_WORDS = 40;

const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);

/** Indexes the texts of the notices beside Tongming's own index, in the same engine. */
export async function fillPlainIndex(
  client: Meilisearch,
  corpus: readonly CorpusNotice[],
  onProgress: (done: number) => void,
): Promise<void> {
  const { filterableAttributes, sortableAttributes, pagination } = INDEX_SETTINGS;
  const wait = { timeout: TASK_TIMEOUT_MS, interval: 200 };
  await client.createIndex(PLAIN_INDEX, { primaryKey: 'id' }).waitTask(wait);
  const index = client.index(PLAIN_INDEX);
  await index
    .updateSettings({
      searchableAttributes: ['title', 'buyer', 'supplier', 'agency', 'code', 'body'],
      filterableAttributes: structuredClone(filterableAttributes) as never,
      sortableAttributes: [...sortableAttributes],
      localizedAttributes: [{ attributePatterns: ['*'], locales: ['cmn'] }],
      pagination,
    })
    .waitTask(wait);
  for (let start = 0; start < corpus.length; start += BATCH) {
    const documents = corpus.slice(start, start + BATCH).map((notice) => ({
      ...notice,
      publishedAt: seconds(notice.publishedAt),
      deadlineAt: seconds(notice.deadlineAt),
    }));
    await index.addDocuments(documents).waitTask(wait);
    onProgress(start + documents.length);
  }
}

/** Body of a query to the plain index for what the API answers with: page of notices, marks, snippet, exact total and facets. */
export function toPlainQuery(filter: NoticeFilter, hitsPerPage: number): string {
  return JSON.stringify({
    q: filter.q ?? '',
    matchingStrategy: 'all',
    filter: toEngineFilter(filter, { at: new Date().toISOString(), conditions: [] }, []),
    facets: ['category', 'stage', 'county'],
    attributesToHighlight: ['title', 'body'],
    attributesToCrop: ['body'],
    cropLength: SNIPPET_WORDS,
    page: 1,
    hitsPerPage,
  });
}
