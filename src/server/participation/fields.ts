import { z } from 'zod';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import type { FieldFault } from '#src/domain/errors.ts';
import { type FormField, type SubmissionKind, submissionKind } from '#src/domain/participation/kinds.ts';

/** What a form said, read by the description of its kind. */
export interface ReadForm {
  fields: Record<string, string>;
  county: County;
}

/** Reads the fields of a kind, with what is wrong with each. */
export function readFields(
  kind: SubmissionKind,
  values: Readonly<Record<string, string>>,
): { form: ReadForm; faults: FieldFault[] } {
  const { fields } = submissionKind(kind);
  const faults: FieldFault[] = [];
  const read: Record<string, string> = {};
  for (const field of fields) {
    const value = (values[field.name] ?? '').trim().replaceAll('\r\n', '\n');
    const message = faultOf(field, value);
    if (message) faults.push({ name: field.name, message });
    else if (value !== '') read[field.name] = value;
  }
  const county = z.enum(COUNTY_SLUGS).safeParse(values.county || 'jining');
  if (!county.success) faults.push({ name: 'county', message: '请选择涉及的县（市、区）' });
  return { form: { fields: read, county: county.data ?? 'jining' }, faults };
}

function faultOf({ label, required, most, choices }: FormField, value: string): string | null {
  if (value === '') return required ? `请填写${label}` : null;
  if (value.length > most) return `${label}最多 ${most} 个字，现在有 ${value.length} 个`;
  return choices && !choices.some((choice) => choice.value === value) ? `请选择${label}` : null;
}
