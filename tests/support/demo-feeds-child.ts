/**
 * The demonstration's sites as a process of its own, with a clock that stands still: `node demo-feeds-child.ts TIME PORT`,
 * TIME as `YYYY-MM-DD HH:mm:ss` in Shanghai, PORT 0 for any. Reports its address; each message from the parent is a new time.
 */
import { startDemoFeeds } from '#scripts/demo/platforms/server.ts';

let time = process.argv[2] ?? '';
process.on('message', (message) => {
  time = String(message);
});
process.on('disconnect', () => process.exit());
const feeds = await startDemoFeeds(Number(process.argv[3]), () => time);
process.send?.(feeds.url);
