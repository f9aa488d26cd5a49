import { ConflictError, type FieldFault, InputError, PublicError, TooManyRequestsError } from '#src/domain/errors.ts';
import { readForm } from '../../form-fields.ts';

/** A form as it was sent, and what was wrong with it. */
export interface SentForm {
  /** As typed, but passwords and codes, which nobody gets back. */
  values: Record<string, string>;
  faults: FieldFault[];
  /** What the page with it answers: 200 for a form that nobody sent, 409 where somebody else was faster. */
  status: number;
}

export const EMPTY_FORM: SentForm = { values: {}, faults: [], status: 200 };
/** What the person can do something about, with the form still before them. */
const MENDABLE = [InputError, ConflictError, TooManyRequestsError] as const;
const SECRET = new Set(['password', 'again', 'code']);

/**
 * Takes a form in: what it makes, or the form with its faults. Values of a repeated name (boxes that are ticked) come joined by commas.
 * @throws InputError for a body that is none
 */
export async function takeForm<Made>(
  request: Request,
  take: (values: Record<string, string>, files: Record<string, File[]>) => Promise<Made>,
): Promise<{ made: Made } | { form: SentForm }> {
  const { values, files } = await readForm(request);
  try {
    return { made: await take(values, files) };
  } catch (error) {
    if (!(error instanceof PublicError) || !MENDABLE.some((kind) => error instanceof kind)) throw error;
    const faults = error.fields.length > 0 ? error.fields : [{ name: 'form', message: error.message }];
    const kept = Object.entries(values).filter(([name]) => !SECRET.has(name));
    return { form: { values: Object.fromEntries(kept), faults, status: error.status } };
  }
}
