import type { APIRoute } from 'astro';
import { loadEvidence } from '#src/server/pages/staff/exposures/evidence.ts';

/** What a draft of an entry is proved by, for those who write and release it. */
export const GET: APIRoute = async (context) => {
  const answer = await loadEvidence(context);
  return 'movedTo' in answer ? context.redirect(answer.movedTo, answer.status) : answer;
};
