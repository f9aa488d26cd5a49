import { COUNTY_SLUGS, type County, countyDefinition } from '../counties/counties.ts';

const COUNTIES_BY_NAME = Map.groupBy(
  COUNTY_SLUGS.filter((slug) => slug !== 'jining').flatMap((slug) => {
    const { label, short, formerNames } = countyDefinition(slug);
    return [label, short, ...formerNames].map((name): [string, County] => [name, slug]);
  }),
  ([name]) => name,
);

/** The counties that are called so; none for other words. */
export const countiesOfWord = (word: string): County[] => (COUNTIES_BY_NAME.get(word) ?? []).map(([, slug]) => slug);
