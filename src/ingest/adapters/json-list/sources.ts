import { z } from 'zod';
import { fieldText } from '#src/formats/fields.ts';
import { parsePage } from '#src/formats/html.ts';
import { type Scope, valueAt } from './paths.ts';
import { fillTemplate, placeholdersOf } from './templates.ts';

/** `css:.title@href`: text or attribute of an element of a row that is HTML. */
const SELECTOR = /^css:(.+?)(?:@([\w-]+))?$/;

const pattern = z.string().refine((text) => {
  try {
    return Boolean(new RegExp(text, 'u'));
  } catch {
    return false;
  }
}, '不是有效的正则表达式');

/** A path (`data.title`), a template (`{a}{b}`), or a selector (`css:a@title`). */
const simpleSchema = z.string().min(1);

const detailedSchema = z.strictObject({
  /** Path, template or selector; of several the first that holds something. */
  from: z.union([simpleSchema, z.array(simpleSchema).min(1)]),
  /** Part of the text: the first group of a regular expression, or all it matches. */
  match: pattern.optional(),
  /** What values stand for: `{ "01": "construction" }`. */
  values: z.record(z.string(), z.string()).optional(),
  /** For a text that is missing or stands for nothing in `values`. */
  default: z.string().optional(),
});

/** A constant. */
const constantSchema = z.strictObject({ value: z.union([z.string(), z.number()]) });

const oneSchema = z.union([simpleSchema, detailedSchema, constantSchema]);

/** Where a value comes from; of several sources the first that holds something. */
export const sourceSchema = z.union([oneSchema, z.array(oneSchema).min(1)]);
export type Source = z.infer<typeof sourceSchema>;
type OneSource = z.infer<typeof oneSchema>;

/** A value and the name under which the feed has it. */
export interface Found {
  value: unknown;
  name: string;
}

/** All values that a source gives, in its order; those that are missing are left out. */
export function findAll(source: Source | undefined, scope: Scope, encode?: (text: string) => string): Found[] {
  const sources: OneSource[] = source === undefined ? [] : Array.isArray(source) ? source : [source];
  return sources.flatMap((each) => {
    const found = findOne(each, scope, encode);
    return found !== undefined && !isMissing(found.value) ? [found] : [];
  });
}

/** The first value of a source as text without markup; empty when it is missing. */
export function textOf(source: Source | undefined, scope: Scope): string {
  return fieldText(findAll(source, scope)[0]?.value);
}

function isMissing(value: unknown): boolean {
  if (typeof value === 'string' && /<[a-z][^<>]*>/i.test(value)) return false;
  return typeof value === 'object' && value !== null ? false : fieldText(value) === '';
}

function findOne(source: OneSource, scope: Scope, encode?: (text: string) => string): Found | undefined {
  if (typeof source === 'string') return findSimple(source, scope, encode);
  if ('value' in source) return { value: String(source.value), name: 'value' };
  const froms = Array.isArray(source.from) ? source.from : [source.from];
  const found = froms.map((from) => findSimple(from, scope, encode)).find((each) => each && !isMissing(each.value));
  const text = found && matched(found.value, source.match);
  if (text === undefined || text === '')
    return source.default === undefined ? undefined : { value: source.default, name: 'default' };
  const name = found?.name ?? '';
  if (!source.values) return { value: text, name };
  const key = fieldText(text);
  const meaning = Object.hasOwn(source.values, key) ? source.values[key] : source.default;
  return meaning === undefined ? undefined : { value: meaning, name };
}

function matched(value: unknown, expression: string | undefined): unknown {
  if (!expression) return value;
  const text = typeof value === 'string' ? value : fieldText(value);
  const match = new RegExp(expression, 'u').exec(text);
  return match ? (match.slice(1).find((group) => group !== undefined) ?? match[0]) : undefined;
}

function findSimple(from: string, scope: Scope, encode?: (text: string) => string): Found | undefined {
  const selector = SELECTOR.exec(from);
  if (selector) return { value: select(scope.row, selector[1] ?? '', selector[2]), name: from };
  if (placeholdersOf(from).length > 0) return { value: fillTemplate(from, scope, encode), name: from };
  return { value: valueAt(from, scope), name: from };
}

function select(row: unknown, selector: string, attribute: string | undefined): string {
  if (typeof row !== 'string') return '';
  const element = parsePage(row)(selector).first();
  return (attribute ? element.attr(attribute) : element.text()) ?? '';
}
