import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { officialValidator } from '#tests/support/ocds-validator.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';

const BASE = 'https://standard.example/1';
/** Schemas of the official shape with as little in them as shows that each is used. */
const FILES = {
  'release-schema.json': {
    id: `${BASE}/release-schema.json`,
    required: ['ocid'],
    properties: { ocid: { type: 'string' } },
    definitions: { Bid: {} },
  },
  'release-package-schema.json': {
    id: `${BASE}/release-package-schema.json`,
    properties: { releases: { items: { $ref: `${BASE}/release-schema.json` } } },
  },
  'record-package-schema.json': {
    id: `${BASE}/record-package-schema.json`,
    properties: {
      records: {
        items: { properties: { versionedRelease: { $ref: `${BASE}/versioned-release-validation-schema.json` } } },
      },
    },
  },
  'ocds_lots_extension.json': { properties: { lots: { type: 'array' } } },
  'ocds_bid_extension.json': {
    properties: { bids: { $ref: '#/definitions/Bid' } },
    definitions: { Bid: { required: ['id'], properties: { id: {} } } },
  },
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tongming-test-'));
  const sums = Object.entries(FILES).map(([name, schema]) => {
    const text = JSON.stringify(schema);
    writeFileSync(join(directory, name), text);
    return `${createHash('sha256').update(text).digest('hex')}  ${name}\n`;
  });
  writeFileSync(join(directory, 'SHA256SUMS'), sums.join(''));
});
afterEach(() => removeFolder(directory));

it('holds packages against the schema with its extensions', () => {
  const validate = officialValidator('release', directory);
  const judge = (release: object) => validate?.({ releases: [release] });
  expect(judge({ ocid: '1', lots: [], bids: { id: '1' } })).toBe(true);
  for (const wrong of [{ lots: '1' }, { bids: {} }, { lot: [] }, { bids: { id: '1', iid: '1' } }]) {
    expect(judge({ ocid: '1', ...wrong })).toBe(false);
  }
  expect(judge({})).toBe(false);
  expect(officialValidator('record', directory)?.({ records: [{ versionedRelease: 1 }] })).toBe(false);
});

it('takes only the files that the sums name', () => {
  writeFileSync(join(directory, 'release-schema.json'), '{}');
  expect(() => officialValidator('release', directory)).toThrow('release-schema.json');
  rmSync(join(directory, 'release-schema.json'));
  expect(() => officialValidator('release', directory)).toThrow('release-schema.json');
});
