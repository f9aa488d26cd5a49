import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { RECORD_PACKAGE, RELEASE_PACKAGE } from './ocds-constraints.ts';

export type PackageKind = 'release' | 'record';

function createAjv(): Ajv {
  // The official schema carries keywords of its own (codelist, omitWhenMerged …), which only a lax reader passes over.
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv as unknown as Parameters<typeof addFormats>[0]);
  return ajv;
}

/** A validator of packages by the constraints in this repository. */
export function constraintValidator(kind: PackageKind): ValidateFunction {
  return createAjv().compile(kind === 'release' ? RELEASE_PACKAGE : RECORD_PACKAGE);
}

type JsonObject = { [field: string]: unknown };

const OFFICIAL = ['release-schema.json', 'release-package-schema.json', 'record-package-schema.json'] as const;
/** The `release-schema.json` of each extension, under the extension's name. */
const EXTENSIONS = ['ocds_lots_extension.json', 'ocds_bid_extension.json'] as const;

/**
 * A validator of packages by the official schema of OCDS 1.1 with the extensions that we use. `directory` (`OCDS_SCHEMA_DIR`)
 * holds its three files as published at https://standard.open-contracting.org/schema/1__1__5/, the two extensions', and the
 * `SHA256SUMS` of all; undefined without a directory. A field of a release that none of them names is an error too, as the
 * standard's own review tool reports it: the schema itself lets a misspelt one pass.
 * @throws Error when a file is missing or not the one that the sums name.
 */
export function officialValidator(
  kind: PackageKind,
  directory = process.env.OCDS_SCHEMA_DIR,
): ValidateFunction | undefined {
  if (!directory) return undefined;
  const sums = readFileSync(join(directory, 'SHA256SUMS'), 'utf8');
  const read = (name: string) => JSON.parse(readChecked(directory, name, sums)) as JsonObject;
  const [release = {}, ...packages] = OFFICIAL.map(read);
  const ajv = createAjv();
  const extended = EXTENSIONS.map(read).reduce(mergePatch, release);
  for (const schema of [closeObjects(extended), ...packages]) ajv.addSchema(schema);
  // Records name the schema of merged releases too, which no record of ours holds.
  const main = String(packages[kind === 'release' ? 0 : 1]?.id);
  ajv.addSchema({ id: main.replace(/[^/]+$/, 'versioned-release-validation-schema.json'), type: 'object' });
  return ajv.getSchema(main);
}

/** How extensions change the schema (RFC 7396), as far as they do: none of ours removes anything. */
function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = { ...target };
  for (const [field, value] of Object.entries(patch)) {
    merged[field] = isObject(value) && isObject(merged[field]) ? mergePatch(merged[field], value) : value;
  }
  return merged;
}

/** The same schema with the fields that it names, and no others. */
function closeObjects(schema: JsonObject): JsonObject {
  const closed: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema))
    closed[keyword] = isObject(value) ? closeObjects(value) : value;
  return isObject(schema.properties) ? { ...closed, additionalProperties: false } : closed;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readChecked(directory: string, name: string, sums: string): string {
  const path = join(directory, name);
  if (!existsSync(path)) throw new Error(`OCDS_SCHEMA_DIR has no ${name}`);
  const text = readFileSync(path, 'utf8');
  const sum = createHash('sha256').update(text).digest('hex');
  if (!sums.split('\n').some((line) => line.startsWith(sum) && line.endsWith(name))) {
    throw new Error(`${name} is not the file that SHA256SUMS names`);
  }
  return text;
}
