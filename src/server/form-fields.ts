import { InputError } from '#src/domain/errors.ts';

const FORM = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/**
 * The fields of a plain form; none when the body is something else. Files are not fields. The body stays for an error page.
 * @throws InputError when the body is not the form that it says to be
 */
export async function readFormFields(request: Request): Promise<Record<string, string>> {
  if (!FORM.test(request.headers.get('content-type') ?? '')) return {};
  const entries = [...(await readForm(request))];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.clone().formData();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError([{ name: '表单', message: '内容不完整，或者与 Content-Type 不符' }]);
  }
}
