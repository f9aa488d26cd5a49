import type { APIRoute } from 'astro';
import { loadReportFile } from '#src/server/pages/disclosure/report.ts';

/** An annual report as it was published, as a file. */
export const GET: APIRoute = (context) => loadReportFile(context, 'docx');
