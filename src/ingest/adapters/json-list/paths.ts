import { isObject } from '#src/formats/fields.ts';
import { unwrapJson } from '#src/formats/json.ts';

/** Where a path starts, and what is around it. */
export interface Scope {
  /** The row itself: an object, a list of values, or text. */
  row: unknown;
  /** Objects around the row, the innermost first: `^.name` reads the innermost, `^.^.name` the one around it. */
  parents: readonly unknown[];
  /** The whole answer: `$.name`. */
  root: unknown;
  /** What the request was made with: `column`, `page` … */
  variables: Readonly<Record<string, string>>;
}

/** A row with the objects around it. */
export type FoundRow = Pick<Scope, 'row' | 'parents'>;

/** Names of a path: `data.records`, `data.*.list`, with `\.` for a dot inside a name. `.` alone is the thing itself. */
export function segmentsOf(path: string): string[] {
  if (path === '.' || path === '') return [];
  return path.split(/(?<!\\)\./).map((name) => name.replaceAll('\\.', '.'));
}

/** The value at a path, JSON inside texts opened on the way; with `*` the list of all values. Undefined where there is none. */
export function valueAt(path: string, scope: Scope): unknown {
  const segments = segmentsOf(path);
  if (segments[0] === '$') return follow(scope.root, segments.slice(1));
  const up = segments.findIndex((name) => name !== '^');
  const steps = up < 0 ? segments.length : up;
  const start = steps > 0 ? scope.parents[steps - 1] : scope.row;
  const value = follow(start, segments.slice(steps));
  return value === undefined && steps === 0 ? own(scope.variables, path) : value;
}

/** Rows at a path of the answer, each with the objects around it; undefined when there is no list. A list may be the values of an object (`*`). */
export function rowsAt(path: string, root: unknown): FoundRow[] | undefined {
  return collect(unwrapJson(root), segmentsOf(path), []);
}

function collect(value: unknown, segments: readonly string[], parents: readonly unknown[]): FoundRow[] | undefined {
  const [name, ...rest] = segments;
  if (name === undefined) return Array.isArray(value) ? value.map((row) => toRow(row, parents)) : undefined;
  const around = isObject(value) ? [value, ...parents] : parents;
  if (name !== '*') return collect(unwrapJson(follow(value, [name])), rest, around);
  const values = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : undefined;
  if (!values || rest.length === 0) return values?.map((row) => toRow(row, around));
  const lists = values.map((each) => collect(unwrapJson(each), rest, around));
  return lists.every((list) => list === undefined) && values.length > 0
    ? undefined
    : lists.flatMap((list) => list ?? []);
}

function toRow(row: unknown, parents: readonly unknown[]): FoundRow {
  return { row: typeof row === 'string' && /^\s*\{/.test(row) ? unwrapJson(row) : row, parents };
}

function follow(start: unknown, segments: readonly string[]): unknown {
  let value = start;
  for (const [index, name] of segments.entries()) {
    value = unwrapJson(value);
    if (name === '*') {
      const values = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
      return values.map((each) => follow(each, segments.slice(index + 1))).filter((each) => each !== undefined);
    }
    value = Array.isArray(value) ? value[Number(name)] : isObject(value) ? own(value, name) : undefined;
  }
  return value;
}

/** A field may be called `constructor`. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Where lists of objects stand in an answer, for people who configure a source: `data.rows（20 条）`. */
export function describeLists(value: unknown, place = '', depth = 0): string[] {
  const opened = typeof value === 'string' ? safeUnwrap(value) : value;
  if (depth > 6) return [];
  if (Array.isArray(opened)) {
    const here = opened.some((each) => isObject(each)) ? [`${place || '.'}（${opened.length} 条）`] : [];
    return here.length > 0 ? here : opened.slice(0, 3).flatMap((each) => describeLists(each, `${place}.*`, depth + 1));
  }
  if (!isObject(opened)) return [];
  return Object.entries(opened)
    .slice(0, 100)
    .flatMap(([name, each]) => describeLists(each, place ? `${place}.${name}` : name, depth + 1))
    .slice(0, 5);
}

function safeUnwrap(text: string): unknown {
  try {
    return unwrapJson(text);
  } catch {
    return text;
  }
}
