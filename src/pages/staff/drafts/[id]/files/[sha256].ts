import type { APIRoute } from 'astro';
import { loadDraftFile } from '#src/server/pages/staff/drafts/files.ts';

/** An attachment of a draft, for those who review it. */
export const GET: APIRoute = async (context) => {
  const answer = await loadDraftFile(context);
  return 'movedTo' in answer ? context.redirect(answer.movedTo, answer.status) : answer;
};
