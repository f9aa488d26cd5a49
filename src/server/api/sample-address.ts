import type { SampleIds } from './sample-ids.ts';

/** What an operation of the API document is asked with. */
interface Asked {
  operationId: string;
  parameters?: readonly { name: string; in: string; example?: string | number }[];
}

/** Parameters with which an operation shows best what it does; the others stay away. */
const SAMPLE_QUERIES: Record<string, Record<string, string>> = {
  listNotices: { category: 'procurement', limit: '2' },
  searchNotices: { q: '采购', limit: '2' },
  matchExposures: { name: '某某建设有限公司' },
  listOrganizations: { limit: '2' },
  listExposures: { limit: '2' },
  exportNotices: { category: 'procurement', county: 'qufu' },
  exportOrganizations: { q: '某某' },
  listReleases: { category: 'procurement', limit: '2' },
  listDisposals: { category: 'land', limit: '2' },
  listChanges: { since: '0', limit: '2' },
};

/** An address of the operation that answers now; undefined when its path names something of which there is nothing. */
export function toSampleAddress(
  path: string,
  { operationId, parameters = [] }: Asked,
  ids: SampleIds,
): string | undefined {
  let filled = path;
  for (const { name, in: place, example } of parameters) {
    if (place !== 'path') continue;
    const value = name === 'id' || name === 'ocid' ? sampleIdOf(path, ids) : example;
    if (value === undefined) return undefined;
    filled = filled.replace(`{${name}}`, encodeURIComponent(value));
  }
  const query = new URLSearchParams(SAMPLE_QUERIES[operationId]).toString();
  return query === '' ? filled : `${filled}?${query}`;
}

function sampleIdOf(path: string, ids: SampleIds): string | undefined {
  return Object.entries(ids).find(([prefix]) => path.startsWith(prefix))?.[1];
}
