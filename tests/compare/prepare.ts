import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Builds a checkout where needed and brings a database up to its migrations, with the checkout's own code. */
const [checkout = '', database = ''] = process.argv.slice(2);
const load = (file: string) => import(pathToFileURL(join(checkout, file)).href);

const { buildSite } = (await load('scripts/launch/build.ts')) as typeof import('#scripts/launch/build.ts');
await buildSite();
const { openDatabase } = (await load('db/client.ts')) as typeof import('#db/client.ts');
openDatabase(database).$client.close();
