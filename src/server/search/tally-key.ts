import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { Tally } from '../notices/tally.ts';

/** Category, stage and county as one value: a single facet counts by all three at once, under any filter by them. */
export function toTallyKey({ category, stage, county }: Omit<Tally, 'total'>): string {
  return `${category}/${stage}/${county}`;
}

/** What the facet over tally keys counted. */
export function readTallies(distribution: Readonly<Record<string, number>> = {}): Tally[] {
  return Object.entries(distribution).map(([key, total]) => {
    const [category, stage, county] = key.split('/') as [Category, Stage, County];
    return { category, stage, county, total };
  });
}
