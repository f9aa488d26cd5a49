import type { APIRoute } from 'astro';
import { giveReportFile } from '#src/server/pages/staff/reports/report.ts';

/** An annual report as it stands, as a file. */
export const GET: APIRoute = async (context) => {
  const answer = await giveReportFile(context);
  return answer instanceof Response ? answer : context.redirect(answer.movedTo, answer.status);
};
