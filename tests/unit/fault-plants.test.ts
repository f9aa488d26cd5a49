import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PLANTS, plantInto } from '#tests/faults/plants.ts';

const ROOT = join(import.meta.dirname, '../..');

test.each(PLANTS)('the planted bug $harness $key still fits the sources', (plant) => {
  for (const { file } of plant.edits) {
    const source = readFileSync(join(ROOT, file), 'utf8');
    expect(plantInto(plant, file, source)).not.toBe(source);
  }
});

test('a planted bug that does not fit is said, not skipped', () => {
  const plant = PLANTS[0];
  expect(() => plant && plantInto(plant, plant.edits[0]?.file ?? '', 'other text')).toThrow(/no longer fits/);
});
