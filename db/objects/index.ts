import { APPEND_ONLY, appendOnly } from './append-only.ts';
import { CHANGE_OBJECTS } from './changes.ts';
import type { SchemaObject } from './ddl.ts';
import { DRAFT_OBJECTS } from './drafts.ts';
import { NOTICE_OBJECTS } from './notices.ts';
import { ORGANIZATION_OBJECTS } from './organizations.ts';
import { STATISTIC_OBJECTS } from './statistics.ts';
import { VERSION_OBJECTS } from './versions.ts';

/** Every view and trigger of the schema, in the order in which they can be made. `npm run gen` writes them into migrations. */
export const SCHEMA_OBJECTS: readonly SchemaObject[] = [
  ...NOTICE_OBJECTS,
  ...VERSION_OBJECTS,
  ...ORGANIZATION_OBJECTS,
  ...STATISTIC_OBJECTS,
  ...CHANGE_OBJECTS,
  ...DRAFT_OBJECTS,
  ...APPEND_ONLY.flatMap(appendOnly),
];
