/** Runs in a copy of the repository that was built after the recipes of CONTRIBUTING were followed in it, and prints what the page answers. */

import { seedNotices, seedSources } from './seed-notices.ts';
import { startPortal } from './test-portal.ts';

const portal = await startPortal((db) => {
  seedSources(db);
  seedNotices(db, 5);
});
try {
  const answer = await fetch(`${portal.url}/guide`);
  console.log(JSON.stringify({ status: answer.status, html: await answer.text() }));
} finally {
  await portal.stop();
}
process.exit(0);
