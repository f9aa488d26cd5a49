import type { DraftContent } from '#src/domain/drafts/content.ts';
import type { FormColumn, FormField } from '#src/domain/drafts/form/fields.ts';
import { fieldsOf, formOf } from '#src/domain/drafts/form/forms.ts';
import { toFields } from '#src/domain/drafts/form/values.ts';
import { addDays, formatDate, type Instant } from '#src/domain/time/time.ts';

type Kind = FormField['kind'];
type Chosen = Readonly<Record<string, string>>;

/** What a form asks for, filled in with plain fictional values; `chosen` says what some inputs hold instead. Days count from `now`. */
export function fillIn(
  { category, stage }: Pick<DraftContent, 'category' | 'stage'>,
  now: Instant,
  chosen: Chosen = {},
): DraftContent['fields'] {
  const form = formOf(category, stage);
  const values = fieldsOf(form)
    .filter(({ required, key }) => required || Object.keys(chosen).some((name) => name.split('.')[0] === key))
    .flatMap((field) => valuesOf(field, now));
  return toFields(form, { ...Object.fromEntries(values), ...chosen });
}

function valuesOf(field: FormField, now: Instant): [string, string][] {
  const { key, kind, label, options = [], columns = [] } = field;
  if (kind !== 'rows') return inputsOf(kind, key, label, options, now);
  return columns
    .filter(({ required }) => required)
    .flatMap((column: FormColumn) => inputsOf(column.kind, `${key}.0.${column.key}`, column.label, [], now));
}

function inputsOf(
  kind: Kind,
  name: string,
  label: string,
  options: readonly string[],
  now: Instant,
): [string, string][] {
  const day = (days: number) => formatDate(addDays(now, days));
  switch (kind) {
    case 'money':
      return [[name, '1200000.00']];
    case 'area':
      return [[name, '33350']];
    case 'day':
      return [[name, day(0)]];
    case 'instant':
      return [[name, `${day(30)} 09:30`]];
    case 'period':
      return [
        [`${name}.from`, `${day(1)} 09:00`],
        [`${name}.to`, `${day(8)} 17:00`],
      ];
    case 'days':
      return [
        [`${name}.from`, day(1)],
        [`${name}.to`, day(8)],
      ];
    case 'organization':
      return [[name, `虚构${label}有限公司`]];
    case 'region':
      return [
        [`${name}.county`, 'qufu'],
        [name, '虚构路 1 号'],
      ];
    case 'choice':
      return [[name, options[0] ?? '']];
    case 'text':
    case 'long':
    case 'rows':
      return [[name, `${label}（虚构）`]];
  }
}
