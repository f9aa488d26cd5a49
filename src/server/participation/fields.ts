import { z } from 'zod';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import type { FieldFault } from '#src/domain/errors.ts';
import { type FormField, type SubmissionKind, submissionKind } from '#src/domain/participation/kinds.ts';

/** What a form said, read by the description of its kind. */
export interface ReadForm {
  fields: Record<string, string>;
  county: County;
  /** Where notices go; null where none are wanted, and always for tip-offs. */
  mail: string | null;
}

const mail = z.union([z.literal(''), z.email('这不像一个电子邮箱地址').max(254, '邮箱地址过长')]);

/** Reads the fields of a kind, with what is wrong with each. */
export function readFields(
  kind: SubmissionKind,
  values: Readonly<Record<string, string>>,
): { form: ReadForm; faults: FieldFault[] } {
  const { fields, isAnonymous } = submissionKind(kind);
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
  const address = isAnonymous ? '' : (values.mail ?? '').trim();
  const parsed = mail.safeParse(address);
  if (!parsed.success) faults.push({ name: 'mail', message: parsed.error.issues[0]?.message ?? '邮箱地址有误' });
  return { form: { fields: read, county: county.data ?? 'jining', mail: address === '' ? null : address }, faults };
}

function faultOf({ label, required, most, choices }: FormField, value: string): string | null {
  if (value === '') return required ? `请填写${label}` : null;
  if (value.length > most) return `${label}最多 ${most} 个字，现在有 ${value.length} 个`;
  return choices && !choices.some((choice) => choice.value === value) ? `请选择${label}` : null;
}
