/** A process of its own that reads notices anew: `node reextract-child.ts DATABASE`. Says `read N` after each commit. */

import { openDatabase } from '#db/client.ts';
import { reextractNotices } from '#src/publish/notices/reextract.ts';
import { TESTER } from './writer.ts';

const db = openDatabase(process.argv[2] ?? '');
await reextractNotices(db, { actor: TESTER, onProgress: (done) => process.stdout.write(`read ${done}\n`) });
process.stdout.write('ended\n');
