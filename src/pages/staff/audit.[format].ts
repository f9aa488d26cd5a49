import type { APIRoute } from 'astro';
import { exportAudit } from '#src/server/pages/staff/audit-file.ts';

/** The audit as a file. */
export const GET: APIRoute = async (context) => {
  const answer = await exportAudit(context);
  return answer instanceof Response ? answer : context.redirect(answer.movedTo, answer.status);
};
