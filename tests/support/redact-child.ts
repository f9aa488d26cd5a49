/** A process of its own that redacts stored versions: `node redact-child.ts DATABASE`. Says `checked N` after each commit. */
import { openDatabase } from '#db/client.ts';
import { redactStored } from '#src/publish/redaction/redact.ts';

const db = openDatabase(process.argv[2] ?? '');
await redactStored(db, { actor: 'test', onProgress: (done) => process.stdout.write(`checked ${done}\n`) });
process.stdout.write('ended\n');
