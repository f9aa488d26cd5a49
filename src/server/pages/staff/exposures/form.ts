import { type ExposureForm, exposureFormSchema } from '#src/domain/exposures/drafts/form.ts';
import { PENALTY_TYPE_KEYS } from '#src/domain/exposures/registry.ts';
import { parse } from '../accounts.ts';

/** The form of an entry as it was sent; kinds of penalty are ticked as `penalty.fine` and so on. @throws InputError with each faulty field */
export const readExposureForm = (values: Record<string, string>): ExposureForm =>
  parse(exposureFormSchema, {
    ...values,
    penaltyTypes: PENALTY_TYPE_KEYS.filter((type) => values[`penalty.${type}`] !== undefined),
  } as unknown as Record<string, string>);

/** A form's values as they are sent. */
export function toValues({ penaltyTypes, ...form }: ExposureForm): Record<string, string> {
  return { ...form, ...Object.fromEntries(penaltyTypes.map((type) => [`penalty.${type}`, 'on'])) };
}
