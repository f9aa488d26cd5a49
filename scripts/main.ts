import { ENGINE_HELP, findEngineBinary } from '#src/server/search/binary.ts';
import { DEMO_PASSWORD, DEMO_STAFF } from './demo/staff.ts';
import { buildSite } from './launch/build.ts';
import { runLocked } from './launch/run-locked.ts';

await runLocked('main', async (services, config) => {
  console.log('Building the site where needed …');
  await buildSite();
  await services.prepare();
  const port = await services.start('scripts/web.ts');
  const staffPort = await services.start('scripts/staff.ts');
  console.log(`\nTongming 通明 is ready: http://localhost:${port}   (Ctrl-C stops it)`);
  if (config.SITE_URL !== `http://localhost:${port}`) console.log(`Public address: ${config.SITE_URL}`);
  console.log(`Staff console 工作台: http://localhost:${staffPort}/staff`);
  if (config.STAFF_URL !== `http://localhost:${staffPort}`) console.log(`Its address: ${config.STAFF_URL}`);
  if (config.DEMO) {
    const names = DEMO_STAFF.map(({ loginName }) => loginName).join(', ');
    console.log(`  fictional accounts: ${names}; password of each: ${DEMO_PASSWORD}`);
  }
  if (config.SEARCH_ENGINE === 'auto' && !config.MEILI_URL && !findEngineBinary(config)) {
    console.log(`There is no search engine here: the built-in index answers. ${ENGINE_HELP}`);
  }
});
