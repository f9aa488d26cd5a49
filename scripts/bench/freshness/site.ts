import type { County } from '#src/domain/counties/counties.ts';

/** The demonstration site that the freshness feed stands for: one on the city's own platform. */
export const SITE: County = 'zoucheng';
