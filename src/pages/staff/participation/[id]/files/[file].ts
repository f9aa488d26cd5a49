import type { APIRoute } from 'astro';
import { loadCaseFile } from '#src/server/pages/staff/participation/case.ts';

export const GET: APIRoute = async (context) => {
  const file = await loadCaseFile(context);
  return 'movedTo' in file ? context.redirect(file.movedTo, file.status) : file;
};
