import { dev } from 'astro';
import { runLocked } from './launch/run-locked.ts';

await runLocked('dev', async (services, config) => {
  await services.prepare();
  await dev({ server: { port: config.PORT, host: config.HOST } });
});
