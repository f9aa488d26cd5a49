import type { Db } from '#db/client.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { memoizeOnData } from '#db/memoize.ts';

const DEMO_STATE = 'demo';

/** True while demonstration data is loaded: every page then says so. Read once per change of the data. */
export const isDemo = memoizeOnData((db: Db) => readKeyValue(db, DEMO_STATE, '') === 'loaded');

/** Notes that demonstration data is loaded, or that it has been removed. */
export function saveDemo(db: Db, loaded: boolean): void {
  saveKeyValue(db, DEMO_STATE, loaded ? 'loaded' : '');
}
