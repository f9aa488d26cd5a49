import { getConfig } from '#src/server/config.ts';
import { startDemoFeeds } from './demo/platforms/server.ts';
import { FATAL_EXIT, onOrphaned, onStop, reportReady } from './launch/child.ts';

const { DEMO_PORT } = getConfig();
try {
  const feeds = await startDemoFeeds(DEMO_PORT);
  onStop(() => feeds.close());
  onOrphaned(() => process.kill(process.pid, 'SIGTERM'));
  reportReady(feeds.url);
  console.log(`Demonstration sites: ${feeds.url}/jining/`);
} catch (error) {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(isTaken ? `Port ${DEMO_PORT} is taken: set DEMO_PORT to a free one.` : error);
  process.exit(FATAL_EXIT);
}
