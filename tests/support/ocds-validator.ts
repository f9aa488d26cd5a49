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

const OFFICIAL = ['release-schema.json', 'release-package-schema.json', 'record-package-schema.json'] as const;

/**
 * A validator of packages by the official schema of OCDS 1.1. `OCDS_SCHEMA_DIR` holds its three files as published at
 * https://standard.open-contracting.org/schema/1__1__5/ and their `SHA256SUMS`; undefined when the variable is not set.
 * @throws Error when a file is missing or not the one that the sums name.
 */
export function officialValidator(kind: PackageKind): ValidateFunction | undefined {
  const directory = process.env.OCDS_SCHEMA_DIR;
  if (!directory) return undefined;
  const sums = readFileSync(join(directory, 'SHA256SUMS'), 'utf8');
  const schemas = OFFICIAL.map((name) => JSON.parse(readChecked(directory, name, sums)) as { id: string });
  const ajv = createAjv();
  for (const schema of schemas) ajv.addSchema(schema);
  // Records name the schema of merged releases too, which no record of ours holds.
  const main = schemas[kind === 'release' ? 1 : 2]?.id ?? '';
  const versioned = main.replace(/[^/]+$/, 'versioned-release-validation-schema.json');
  if (!ajv.getSchema(versioned)) ajv.addSchema({ id: versioned, type: 'object' });
  return ajv.getSchema(main);
}

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
