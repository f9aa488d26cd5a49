/** A thread of the completion pool that knows the test feed, and never gets to the end of some of its pages. */

import { decodeText } from '#src/formats/decode.ts';
import { ADAPTERS } from '#src/ingest/adapters/index.ts';
import { testAdapter } from './test-feed.ts';

/** A page with this word is read for ever. */
export const ENDLESS = '无尽的正文';
/** A page with this word ends the thread. */
export const DEADLY = '致命的正文';

ADAPTERS['test-feed'] = {
  ...testAdapter,
  parseDetail(bytes, draft, context) {
    const text = decodeText(bytes);
    while (text.includes(ENDLESS));
    if (text.includes(DEADLY)) process.nextTick(() => Promise.reject(new Error('the thread dies')));
    if (!testAdapter.parseDetail) throw new Error('the test feed has details');
    return testAdapter.parseDetail(bytes, draft, context);
  },
} as typeof testAdapter as (typeof ADAPTERS)[string];

await import('#src/ingest/details/thread.ts');
