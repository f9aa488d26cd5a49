import { join } from 'node:path';
import { openDatabase } from '#db/client.ts';
import { type CorpusNotice, generateCorpus } from './search-quality/corpus.ts';
import { storeCorpus } from './search-quality/store-corpus.ts';
import { progress, type Workspace } from './workspace.ts';

/** A data directory with so many generated notices in its database. */
export interface CorpusSite {
  directory: string;
  corpus: readonly CorpusNotice[];
}

const made = new Map<number, CorpusSite>();

/** The data directory with `count` generated notices; made once a run. Nothing is indexed. */
export function makeCorpusSite(workspace: Workspace, count: number): CorpusSite {
  const known = made.get(count);
  if (known) return known;
  progress(`storing ${count} generated notices …`);
  const directory = workspace.makeDirectory(`corpus-${count}`);
  const corpus = generateCorpus(count);
  const db = openDatabase(join(directory, 'tongming.db'));
  storeCorpus(db, corpus);
  db.$client.close();
  const site = { directory, corpus };
  made.set(count, site);
  return site;
}
