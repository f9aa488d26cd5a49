import type { FieldKind, FormField } from '#src/domain/drafts/form/fields.ts';
import { fieldsOf, type NoticeForm } from '#src/domain/drafts/form/forms.ts';

const VALUES: Record<Exclude<FieldKind, 'rows' | 'choice'>, Record<string, string>> = {
  text: { '': '某项内容' },
  long: { '': '第一项内容\n第二项内容' },
  money: { '': '120万' },
  area: { '': '12000' },
  day: { '': '2026-06-01' },
  instant: { '': '2026-07-01T09:30' },
  period: { '.from': '2026-06-01T08:30', '.to': '2026-06-08T17:00' },
  days: { '.from': '2026-06-01', '.to': '2026-06-30' },
  organization: { '': '曲阜市某某中心', '.uscc': '91370881MA3C4KXY65' },
  region: { '.county': 'qufu', '': '大同路 1 号' },
};

function put(into: Record<string, string>, name: string, { kind, options = [] }: Pick<FormField, 'kind' | 'options'>) {
  if (kind === 'rows') return;
  const parts = kind === 'choice' ? { '': options[0] ?? '' } : VALUES[kind];
  for (const [part, value] of Object.entries(parts)) if (part !== '.uscc') into[`${name}${part}`] = value;
}

/** Values that fill in a form: every field, or only those that are demanded. */
export function fillValues(form: NoticeForm, which: 'all' | 'required'): Record<string, string> {
  const values: Record<string, string> = {};
  for (const field of fieldsOf(form)) {
    if (which === 'required' && !field.required) continue;
    if (!field.columns) put(values, field.key, field);
    for (const column of field.columns ?? [])
      if (which === 'all' || column.required) put(values, `${field.key}.0.${column.key}`, column);
  }
  return values;
}
