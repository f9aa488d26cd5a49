import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import type { FeedAdapter, FeedPage, FeedRequest, FetchWindow } from '#src/ingest/types.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';

/** The real payloads, kept outside the repository; tests that read them are skipped where they are not. */
export const SAMPLES = '../shared/feeds/samples';
export const HAS_SAMPLES = existsSync(SAMPLES);

/** A real payload. */
export const sample = (name: string): Buffer => readFileSync(`${SAMPLES}/${name}`);

/** A payload of the repository's own. */
export const fixture = (name: string): Buffer => readFileSync(`tests/fixtures/feeds/${name}`);

export interface OpenFeed<S> {
  settings: S;
  requests: FeedRequest[];
  /** Reads a list, by default as the answer to the first request. */
  page(bytes: Uint8Array | string, request?: FeedRequest): FeedPage;
  /** Reads the detail page that the adapter asks for. @throws Error when it asks for none */
  detail(bytes: Uint8Array | string, draft: NoticeDraft): NoticeDraft;
}

/** An adapter bound to checked settings. */
export function openFeed<S>(
  adapter: FeedAdapter<S>,
  input: z.input<typeof adapter.settings>,
  window: FetchWindow,
): OpenFeed<S> {
  const settings = adapter.settings.parse(input);
  const requests = adapter.lists(settings, window);
  return {
    settings,
    requests,
    page: (bytes, request = requests[0] as FeedRequest) => adapter.parseList(Buffer.from(bytes), { settings, request }),
    detail: (bytes, draft) => {
      const request = adapter.detail?.(draft, settings);
      if (!request || !adapter.parseDetail) throw new Error('no detail');
      return adapter.parseDetail(Buffer.from(bytes), draft, { settings, request });
    },
  };
}
