import { type FieldFault, InputError } from '#src/domain/errors.ts';
import { readForm } from '../../form-fields.ts';
import { issueToken } from '../../participation/form-token.ts';
import { ADDITION, readStatus, receiveAddition, type SubmissionStatus } from '../../participation/status.ts';
import type { Asked } from '../asked.ts';

export interface StatusPage {
  /** Undefined before a code was given. */
  status: (SubmissionStatus & { code: string }) | undefined;
  /** As typed. */
  values: Record<string, string>;
  faults: FieldFault[];
  token: string;
  wasAdded: boolean;
  /** What was done with each file that was added. */
  remarks: string[];
}

/** Where something stands, by its receipt code, which is never part of an address. @throws InputError for a body that is none */
export async function loadStatus({ request }: Asked): Promise<StatusPage> {
  const now = new Date();
  const page: StatusPage = {
    ...{ status: undefined, values: {}, faults: [], wasAdded: false, remarks: [] },
    token: issueToken(ADDITION, 0, now.getTime()).token,
  };
  if (request.method !== 'POST') return page;
  const { values, files } = await readForm(request);
  try {
    if (values.text === undefined)
      return { ...page, values, status: await readStatus(values.code ?? '', now.toISOString()) };
    const remarks = await receiveAddition(values, files.files ?? [], now.toISOString());
    return { ...page, status: await readStatus(values.code ?? '', now.toISOString()), wasAdded: true, remarks };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const isOurs = error.fields.every(({ name }) => name !== 'code');
    const status = isOurs ? await readStatus(values.code ?? '', now.toISOString()) : undefined;
    return { ...page, values, faults: error.fields, status };
  }
}
