import type { APIRoute } from 'astro';
import { loadLetterFile } from '#src/server/pages/staff/foi/letter.ts';

export const GET: APIRoute = async (context) => {
  const file = await loadLetterFile(context);
  return 'movedTo' in file ? context.redirect(file.movedTo, file.status) : file;
};
