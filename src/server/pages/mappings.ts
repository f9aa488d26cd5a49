import { webDb } from '../db.ts';
import { decidedBy, listMappings, type SourceMapping } from '../mappings/list.ts';

export interface MappingsPage {
  tables: SourceMapping[];
  decidedBy: typeof decidedBy;
}

/** What the values of every source mean here, and who decided it. */
export const loadMappings = (): MappingsPage => ({ tables: listMappings(webDb()), decidedBy });
