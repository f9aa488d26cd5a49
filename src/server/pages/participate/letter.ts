import { renderDocx } from '#src/documents/docx.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { readFormFields } from '../../form-fields.ts';
import { findOwnLetter } from '../../participation/letters.ts';
import { currentReader } from '../../reads/current.ts';
import { read } from '../../reads/reader.ts';
import type { Asked } from '../asked.ts';

const TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/** A letter to the person as a file. The code comes in the form: it never is part of an address. @throws InputError, NotFoundError */
export async function loadOwnLetter({ request }: Asked): Promise<Response> {
  const { code = '', letter = '', format } = await readFormFields(request);
  if (format !== 'pdf' && format !== 'docx') throw new NotFoundError();
  const document = await findOwnLetter(code, letter);
  const bytes = format === 'pdf' ? await read(currentReader(), 'renderPdf', document) : await renderDocx(document);
  return new Response(bytes, {
    headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="letter.${format}"` },
  });
}
