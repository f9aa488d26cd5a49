import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type Db, openDatabase } from '#db/client.ts';
import { type CorpusNotice, generateCorpus } from '#scripts/bench/search-quality/corpus.ts';
import { storeCorpus } from '#scripts/bench/search-quality/store-corpus.ts';
import { type Config, parseConfig } from '#src/server/config.ts';
import { type Engine, startEngine } from '#src/server/search/engine.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';

export interface Rig {
  db: Db;
  config: Config;
  engine: Engine;
  corpus: CorpusNotice[];
  close(): Promise<void>;
}

/** A generated notice with the given fields, for titles a test names. */
export function withTitle(corpus: readonly CorpusNotice[], index: number, fields: Partial<CorpusNotice>): CorpusNotice {
  const base = corpus[index];
  if (!base) throw new Error(`no notice ${index}`);
  return { ...base, id: `test${String(index).padStart(8, 'a')}`.replace(/[01689]/g, 'z'), ...fields };
}

/** A database of generated notices and a running engine that has indexed them. */
export async function openRig(
  count: number,
  extra: (corpus: CorpusNotice[]) => CorpusNotice[] = () => [],
): Promise<Rig> {
  const directory = mkdtempSync(join(tmpdir(), 'tongming-search-'));
  const config = parseConfig({ DATA_DIR: directory, MEILI_PORT: '0' });
  const db = openDatabase(join(directory, 'tongming.db'));
  const generated = generateCorpus(count);
  const corpus = [...generated, ...extra(generated)];
  storeCorpus(db, corpus);
  const engine = await startEngine(config, pino({ level: 'silent' }));
  if (!engine) throw new Error('these tests need a Meilisearch server');
  while ((await drainChanges(db, engine)) > 0);
  const close = async () => {
    await engine.stop();
    db.$client.close();
    removeFolder(directory);
  };
  return { db, config, engine, corpus, close };
}
