import type { APIRoute } from 'astro';
import { answerAsWitness } from '#src/server/pages/witness.ts';

/** Signs checkpoints of other portals' logs (c2sp.org/tlog-witness). */
export const POST: APIRoute = (context) => answerAsWitness(context);
