import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { sources } from '#db/schema/index.ts';
import { type County, countyDefinition } from '#src/domain/counties/counties.ts';

/** Adapter name of what staff publish from the console: nothing is ever asked for. */
export const CONSOLE_ADAPTER = 'console';

/** The source that the console is for a county. Notice ids derive from it. */
export const consoleSourceKey = (county: County): string => `${county}-console`;

/** What that source is called. */
export const consoleSourceName = (county: County): string => `${countyDefinition(county).label}公共资源交易信息发布`;

const ADD = defineQuery((db, p: Params<{ key: string; name: string; county: County }>) =>
  db
    .insert(sources)
    .values({
      ...{ key: p.key, name: p.name, county: p.county },
      ...{ adapter: CONSOLE_ADAPTER, settings: {}, schedule: '', minimumItems: 0 },
    })
    .onConflictDoNothing(),
);

/** Makes sure that the source of a county's console is there. Returns its key. */
export function ensureConsoleSource(db: Db, county: County): string {
  const key = consoleSourceKey(county);
  ADD.run(db, { key, name: consoleSourceName(county), county });
  return key;
}
