import type { Settings } from 'meilisearch';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';

export const INDEX_UID = 'notices';
/** The index a rebuild fills before it takes the place of the other. */
export const SIDE_INDEX_UID = 'notices_next';

const equality = (...attributePatterns: string[]) => ({
  attributePatterns,
  features: { facetSearch: false, filter: { equality: true, comparison: false } },
});

const comparison = (...attributePatterns: string[]) => ({
  attributePatterns,
  features: { facetSearch: false, filter: { equality: true, comparison: true } },
});

/** With every key counted the sums are exact. */
const MOST_TALLY_KEYS = CATEGORY_SLUGS.length * STAGE_SLUGS.length * COUNTY_SLUGS.length;

/**
 * The one settings object of the index, applied and waited for before the first document. The searchable fields hold
 * opaque grams, so locale, dictionary, typo tolerance, synonyms and stop words have nothing to do.
 */
export const INDEX_SETTINGS = {
  searchableAttributes: ['title', 'buyerText', 'place', 'parties', 'body'],
  displayedAttributes: ['id', 'version'],
  filterableAttributes: [
    equality('id', 'category', 'stage', 'county', 'tallyKey', 'projectId', 'buyer', 'suppliers', 'tenderers', 'agency'),
    comparison('publishedAt', 'deadlineAt', 'amountFen'),
  ],
  sortableAttributes: ['publishedAt', 'arrivedAt', 'deadlineAt', 'amountFen'],
  rankingRules: ['sort', 'words', 'attribute', 'proximity', 'exactness', 'publishedAt:desc'],
  typoTolerance: { enabled: false },
  proximityPrecision: 'byWord',
  prefixSearch: 'indexingTime',
  stopWords: [],
  synonyms: {},
  pagination: { maxTotalHits: 1_000_000 },
  faceting: { maxValuesPerFacet: MOST_TALLY_KEYS, sortFacetValuesBy: { '*': 'alpha' } },
  searchCutoffMs: 1500,
} as const satisfies SettingsLike;

type SettingsLike = { readonly [Key in keyof Settings]?: unknown };
