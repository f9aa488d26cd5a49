import type { Release } from './release.ts';

type Json = string | number | boolean | null | undefined | Json[] | { [field: string]: Json };
type JsonObject = { [field: string]: Json };

/** Fields that belong to one release and not to what all of them say together (`omitWhenMerged` of the standard). */
const OF_ONE_RELEASE = ['id', 'date', 'tag'] as const;

/**
 * The compiled release of a process by the standard's merging rules: later values replace earlier ones, objects merge
 * field by field, objects of a list merge by their id, other lists are replaced whole,
 * null takes away. `releases` are all of one process,
 * the earliest first. @throws Error without releases.
 */
export function compileReleases(releases: readonly Release[]): Release {
  const last = releases.at(-1);
  if (!last) throw new Error('a process without releases');
  const merged = releases.reduce<JsonObject>((before, release) => mergeObjects(before, toMergeable(release)), {});
  return { ...(merged as unknown as Release), id: `${last.ocid}-${last.date}`, date: last.date, tag: ['compiled'] };
}

function toMergeable(release: Release): JsonObject {
  const plain = { ...(release as unknown as JsonObject) };
  for (const field of OF_ONE_RELEASE) delete plain[field];
  return plain;
}

function mergeObjects(before: JsonObject, after: JsonObject): JsonObject {
  const merged = { ...before };
  for (const [field, value] of Object.entries(after)) {
    if (value === null) delete merged[field];
    else if (value !== undefined) merged[field] = mergeValues(before[field], value);
  }
  return merged;
}

function mergeValues(before: Json, after: Json): Json {
  if (isObject(before) && isObject(after)) return mergeObjects(before, after);
  if (isListOfObjects(before) && isListOfObjects(after)) return mergeLists(before, after);
  return after;
}

function mergeLists(before: JsonObject[], after: JsonObject[]): JsonObject[] {
  const byId = new Map<Json, JsonObject>();
  for (const item of [...before, ...after]) byId.set(item.id, mergeObjects(byId.get(item.id) ?? {}, item));
  return [...byId.values()];
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything that the portal lists as objects has an id. */
const isListOfObjects = (value: Json): value is JsonObject[] => Array.isArray(value) && value.every(isObject);
