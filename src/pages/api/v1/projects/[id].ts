import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { refuseParameters } from '#src/server/api/parse-query.ts';
import { projectSchema } from '#src/server/api/schemas/projects.ts';
import { webDb } from '#src/server/db.ts';
import { getProject } from '#src/server/projects/get.ts';

/** One project with its notices and timeline. */
export const GET: APIRoute = ({ params, url }) => {
  refuseParameters(url.searchParams);
  return answer(projectSchema, getProject(webDb(), params.id ?? ''));
};
