import { readFormFields } from '../../form-fields.ts';
import { findOwnFile } from '../../participation/letters.ts';
import type { Asked } from '../asked.ts';

/** A file that was given to the person, only ever saved. The code comes in the form: it never is part of an address. @throws InputError */
export async function loadOwnFile({ request }: Asked): Promise<Response> {
  const { code = '', file = '' } = await readFormFields(request);
  const { name, bytes } = await findOwnFile(code, file);
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  });
}
