import { type AnySQLiteColumn, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { instant, jsonText, oneOf } from './columns.ts';
import { staffAccounts } from './staff.ts';
import { table } from './table.ts';

/** What a county's notices of a category and stage are begun with. */
export const draftTemplates = table(
  'draft_templates',
  {
    id: text().primaryKey(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    category: oneOf(CATEGORY_SLUGS).notNull(),
    stage: oneOf(STAGE_SLUGS).notNull(),
    name: text().notNull(),
    /** JSON of a `DraftContent`, without what belongs to one notice alone. */
    content: jsonText().notNull(),
    authorId: text()
      .notNull()
      .references((): AnySQLiteColumn => staffAccounts.id),
    at: instant().notNull(),
  },
  (table) => [uniqueIndex('draft_templates_name').on(table.county, table.category, table.stage, table.name)],
);
