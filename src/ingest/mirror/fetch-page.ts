import { FeedFormatError } from '#src/formats/format-error.ts';
import { FetchError } from '#src/outbound/errors.ts';
import type { RunRecord } from '../run/context.ts';
import { type MirroredPage, parsePage } from './change.ts';
import type { MirroredSubject } from './subject.ts';

/** The other portal, and who we are to it. */
export interface Upstream {
  url: string;
  reader?: string | undefined;
}

/** Changes asked for at a time. */
const PAGE_SIZE = 200;

/**
 * A page of changes, a smaller one when it is too large to be read; undefined when the other portal does not know of the subject,
 * `ended` when its sequence has begun anew since it gave the cursor. @throws FetchError, FeedFormatError
 */
export async function fetchPage(
  run: RunRecord,
  upstream: Upstream,
  of: MirroredSubject['of'],
  since: string,
): Promise<MirroredPage | 'ended' | undefined> {
  for (let limit = PAGE_SIZE; ; limit = Math.ceil(limit / 4)) {
    try {
      const page = parsePage(await fetchJson(run, toUrl(upstream, of, since, limit)));
      if (!page) throw new FeedFormatError('上游的变更不合格式');
      return page;
    } catch (error) {
      if (!(error instanceof FetchError) || error.retryable) throw error;
      if (error.status === 410) return 'ended';
      if (error.status === 400 && of !== 'notices') return undefined;
      if (error.status !== undefined || limit === 1) throw error;
    }
  }
}

/** Older portals know notices only, and refuse a parameter that they do not know. */
function toUrl({ url, reader }: Upstream, of: MirroredSubject['of'], since: string, limit: number): string {
  const query = new URLSearchParams({
    ...(of === 'notices' ? {} : { of }),
    since,
    limit: String(limit),
    ...(reader ? { reader } : {}),
  });
  return `${url}/api/v1/changes?${query}`;
}

/** The answer of an address. @throws FetchError, FeedFormatError when it is not JSON */
export async function fetchJson(run: RunRecord, url: string): Promise<unknown> {
  const { fetcher, signal } = run.options;
  const { bytes } = await fetcher.get({ url, expect: 'json' }, { signal });
  const text = Buffer.from(bytes).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new FeedFormatError('上游的答复不是 JSON', text);
  }
}
