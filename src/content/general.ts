import { DISCLOSURE_GUIDE } from './disclosure-guide.ts';
import { EXPLANATIONS } from './explanations.ts';
import { CONSTRUCTION } from './guides/construction.ts';
import { DISPOSALS } from './guides/disposals.ts';
import { OTHERS } from './guides/others.ts';
import { PROCUREMENT } from './guides/procurement.ts';
import { DOCUMENTS, LAWS } from './laws.ts';
import type { SeedArticle } from './seed.ts';
import { SERVICES } from './services.ts';

/** Everything that the software says of the subject of itself: guides, laws, documents, explanations, answers. */
export const GENERAL_ARTICLES: readonly SeedArticle[] = [
  ...LAWS,
  ...DOCUMENTS,
  ...EXPLANATIONS,
  ...SERVICES,
  DISCLOSURE_GUIDE,
  ...CONSTRUCTION,
  ...PROCUREMENT,
  ...DISPOSALS,
  ...OTHERS,
];
