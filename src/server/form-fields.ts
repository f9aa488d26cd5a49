import { InputError } from '#src/domain/errors.ts';

const FORM = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/**
 * The fields of a plain form; none when the body is something else. Files are not fields. The body stays for an error page.
 * @throws InputError when the body is not the form that it says to be
 */
export async function readFormFields(request: Request): Promise<Record<string, string>> {
  return (await readForm(request)).values;
}

/** The fields of a form, and its files by the names of their fields. @throws InputError as `readFormFields` */
export async function readForm(
  request: Request,
): Promise<{ values: Record<string, string>; files: Record<string, File[]> }> {
  if (!FORM.test(request.headers.get('content-type') ?? '')) return { values: {}, files: {} };
  const entries = [...(await readEntries(request))];
  const values = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const files = entries.filter((entry): entry is [string, File] => typeof entry[1] !== 'string');
  const byName = Map.groupBy(files, ([name]) => name);
  return {
    values: Object.fromEntries(values),
    files: Object.fromEntries([...byName].map(([name, given]) => [name, given.map(([, file]) => file)])),
  };
}

async function readEntries(request: Request): Promise<FormData> {
  try {
    return await request.clone().formData();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError([{ name: '表单', message: '内容不完整，或者与 Content-Type 不符' }]);
  }
}
