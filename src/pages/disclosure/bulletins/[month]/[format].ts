import type { APIRoute } from 'astro';
import { answerBulletinFile } from '#src/server/pages/score/bulletins.ts';

/** The bulletin of a month as a file. */
export const GET: APIRoute = (context) => answerBulletinFile(context);
