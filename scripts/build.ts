import { buildSite } from './launch/build.ts';

console.log('Building the site …');
const started = Date.now();
await buildSite({ force: true });
console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
