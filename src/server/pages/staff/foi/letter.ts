import { toHtml } from '#src/documents/html.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { Asked, Moved } from '../../asked.ts';
import { visiting } from '../visit.ts';

export interface LetterPage {
  session: Session;
  id: string;
  title: string;
  html: string;
}

/** A letter as it was issued. @throws ForbiddenError, NotFoundError */
export function loadLetter(asked: Asked): Promise<LetterPage | Moved> {
  const { id = '' } = asked.params;
  return visiting(asked, async ({ foi, session }) => {
    const letter = await foi.letter(session, id);
    return { session, id, title: letter.title, html: toHtml(letter, { titleLevel: 2 }) };
  });
}

const TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/** The same as a file, to print and stamp. @throws ForbiddenError, NotFoundError, InputError */
export function loadLetterFile(asked: Asked): Promise<Response | Moved> {
  const { id = '', format } = asked.params;
  if (format !== 'pdf' && format !== 'docx') throw new NotFoundError();
  return visiting<Response>(asked, async ({ foi, session }) => {
    const bytes = await foi.file(session, id, format);
    return new Response(bytes, {
      headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="letter.${format}"` },
    });
  });
}
