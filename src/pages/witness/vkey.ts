import type { APIRoute } from 'astro';
import { loadWitnessKey } from '#src/server/pages/witness.ts';

/** The key that cosignatures are verified with. */
export const GET: APIRoute = () => loadWitnessKey();
