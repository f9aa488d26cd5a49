import type { Category } from '../categories.ts';
import { type Facts, isFactOf } from '../facts/facts.ts';
import { toYuanText } from '../money/money.ts';
import type { Stage } from '../stages.ts';
import { type DraftContent, emptyContent } from './content.ts';
import type { FieldKind, FormField } from './form/fields.ts';
import { fieldsOf, formOf } from './form/forms.ts';
import { toFields } from './form/values.ts';

/** Fields that name one deal: a template is for many. */
const OF_ONE_DEAL: ReadonlySet<string> = new Set([
  'projectName',
  'projectCode',
  'lotName',
  'lotCode',
  'contractCode',
  'contractName',
  'parcelNo',
]);
const TIMES: ReadonlySet<FieldKind> = new Set(['day', 'instant', 'period', 'days']);

/**
 * A content to begin another notice with: what was written, without what belongs to the earlier one alone. Times are left out, because
 * those of an earlier notice are wrong in a new one.
 */
export function toBeginning(content: DraftContent, use: 'copy' | 'template'): DraftContent {
  const { category, stage, title, bodyHtml } = content;
  const form = formOf(category, stage);
  const isLeftOut = ({ key, kind }: FormField) =>
    TIMES.has(kind) || (use === 'template' && (OF_ONE_DEAL.has(key) || kind === 'rows'));
  const leftOut = new Set(
    fieldsOf(form)
      .filter(isLeftOut)
      .map(({ key }) => key as string),
  );
  const kept = Object.entries(content.fields).filter(([name]) => !leftOut.has(name.split('.')[0] ?? ''));
  const fields = Object.fromEntries(kept);
  return emptyContent({ category, stage, fields, bodyHtml, title: use === 'template' ? '' : title });
}

/** What an earlier notice says, as a content of its category and stage: facts that were read without doubt go into their fields. */
export function fromFacts(given: {
  category: Category;
  stage: Stage;
  title: string;
  facts: Facts;
  bodyHtml: string;
}): DraftContent {
  const { category, stage, title, facts, bodyHtml } = given;
  const form = formOf(category, stage);
  const values = Object.fromEntries(fieldsOf(form).flatMap((field) => valuesOf(field, facts, category)));
  const fields = toFields(form, values);
  return toBeginning(emptyContent({ category, stage, title: title.slice(0, 300), bodyHtml, fields }), 'copy');
}

function valuesOf({ fact, kind, key, options }: FormField, facts: Facts, category: Category): [string, string][] {
  const value = fact && isFactOf(fact, category) ? facts[fact] : undefined;
  if (!value || value.doubt || value.form) return [];
  if (kind === 'money') return value.fen === undefined ? [] : [[key, toYuanText(value.fen)]];
  if (kind === 'area') return value.squareMetres === undefined ? [] : [[key, String(value.squareMetres)]];
  if (kind === 'choice') return options?.includes(value.text) ? [[key, value.text]] : [];
  return kind === 'text' || kind === 'long' || kind === 'organization' ? [[key, value.text]] : [];
}
