/**
 * A process of its own with the demonstration sites, a little behind: a message from the parent lets the measured site
 * show its next notice. Answers `published` once it does.
 */
import { DEMO_SEED, generateDemo } from '#scripts/demo/generate/generate.ts';
import { startDemoFeeds } from '#scripts/demo/platforms/server.ts';
import { FeedStore, shanghaiNow } from '#scripts/demo/platforms/store.ts';
import { onStop, reportReady } from '#scripts/launch/child.ts';
import { SITE } from './site.ts';

/** Notices that are held back at first. */
const HELD_BACK = 30;

const now = shanghaiNow();
const newest = new FeedStore(generateDemo(DEMO_SEED, now.slice(0, 10)))
  .all(SITE)
  .filter(({ notice, flaw }) => notice.publishedAt <= now && !flaw)
  .map(({ notice }) => notice.publishedAt);
const times = [...new Set(newest)].slice(0, HELD_BACK + 1).reverse();
let position = 0;
const feeds = await startDemoFeeds(0, () => times[position] ?? now);

process.on('message', () => {
  position++;
  process.send?.('published');
});
onStop(() => feeds.close());
reportReady(feeds.url);
