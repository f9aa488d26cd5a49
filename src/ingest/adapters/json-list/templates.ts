import { fieldText } from '#src/formats/fields.ts';
import { type Scope, valueAt } from './paths.ts';

/** `{name}`, `{data.name}`, `{+name}` (not encoded in addresses), `{name|form}`. Braces of JSON around quotes are no placeholders. */
const PLACEHOLDER = /\{(\+?)([\p{L}_$^][\p{L}\p{N}_.$^*\\-]*)(?:\|([^{}|]+))?\}/gu;

export interface Placeholder {
  name: string;
  /** How a value is written: a form of dates, `s`, `ms`, `text`, `number`. */
  form: string | undefined;
  isPlain: boolean;
}

/** Placeholders of a template. */
export function placeholdersOf(template: string): Placeholder[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, plus, name = '', form]) => ({
    name,
    form,
    isPlain: plus === '+',
  }));
}

/**
 * A template filled in; undefined when one of its values is missing. `encode` is applied to values that are not `{+plain}`.
 */
export function fillTemplate(
  template: string,
  scope: Scope,
  encode: (text: string) => string = (text) => text,
): string | undefined {
  let isWhole = true;
  const text = template.replace(PLACEHOLDER, (_all, plus: string, name: string, form?: string) => {
    const value = valueAt(name, scope);
    const filled = writeValue(typeof value === 'string' && plus ? value.trim() : fieldText(value), form, name);
    const isVariable = Object.hasOwn(scope.variables, name);
    if (filled === '' && !isVariable) isWhole = false;
    return plus ? filled : encode(filled);
  });
  return isWhole ? text : undefined;
}

/** A value of a JSON body: every text is a template; one that is a single placeholder of a number stays a number. */
export function fillJson(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((each) => fillJson(each, scope));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fillJson(each, scope)]));
  }
  if (typeof value !== 'string') return value;
  const text = fillTemplate(value, scope) ?? '';
  const [only] = placeholdersOf(value);
  const isNumber =
    only && NUMBERS.has(only.form ?? only.name) && value === `{${only.name}${only.form ? `|${only.form}` : ''}}`;
  return isNumber && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

const NUMBERS = new Set(['page', 'size', 'offset', 'start', 'end', 'number', 's', 'ms']);

/** A day or a value in the form that a site wants: `YYYYMMDD`, `YYYY-MM-DD HH:mm:ss`, epoch `s` or `ms`. */
function writeValue(text: string, form: string | undefined, name: string): string {
  if (!form || !/^\d{4}-\d{2}-\d{2}(?: .*)?$/.test(text)) return text;
  // The last day of a slice lasts until its last second.
  const [day = '', clock = name === 'to' ? '23:59:59' : '00:00:00'] = text.split(' ');
  const time = Date.parse(`${day}T${clock}+08:00`);
  if (Number.isNaN(time)) return text;
  if (form === 'ms') return String(time);
  if (form === 's') return String(time / 1000);
  const [hour = '', minute = '', second = ''] = clock.split(':');
  const [year = '', month = '', date = ''] = day.split('-');
  return form
    .replace('YYYY', year)
    .replace('MM', month)
    .replace('DD', date)
    .replace('HH', hour)
    .replace('mm', minute)
    .replace('ss', second);
}
