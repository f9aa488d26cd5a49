import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import type { LabelledNotice } from './labelled.ts';

/** Folders of labelled notices. */
export const REAL_GROUPS = ['works', 'buying', 'assets'] as const;
export type RealGroup = (typeof REAL_GROUPS)[number];
/** How the body came: the site's own markup, or a collector's lines, each made a paragraph. */
export type Form = 'html' | 'text';

export interface RealNotice extends LabelledNotice {
  group: RealGroup;
  form: Form;
}

const label = z.union([z.number(), z.string(), z.array(z.string()), z.null()]);
const notice = z.object({
  category: z.enum(CATEGORY_SLUGS),
  stage: z.enum(STAGE_SLUGS),
  title: z.string(),
  html: z.string(),
  fields: z.record(z.string(), z.string()).default({}),
  facts: z.record(z.string(), label),
  entries: z.record(z.string(), z.array(z.record(z.string(), label))).default({}),
  isComplete: z.boolean().default(true),
  origin: z.object({ form: z.enum(['html', 'text']).default('html') }).default({ form: 'html' }),
});

/** Labelled real notices below a folder, by name. @throws z.ZodError on a file that is none. */
export function readRealSet(folder: string): RealNotice[] {
  return REAL_GROUPS.flatMap((group) => {
    const path = join(folder, group);
    if (!existsSync(path)) return [];
    const files = readdirSync(path).filter((file) => file.endsWith('.json'));
    return files.sort().map((file) => {
      const { origin, ...read } = notice.parse(JSON.parse(readFileSync(join(path, file), 'utf8')));
      return {
        ...(read as Omit<RealNotice, 'name' | 'group' | 'form'>),
        name: `${group}/${file}`,
        group,
        form: origin.form,
      };
    });
  });
}
