import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeDataModel } from '#scripts/docs/data-model.ts';

it('docs/data-model.md is what the schema says: npm run docs makes it anew', () => {
  expect(readFileSync('docs/data-model.md', 'utf8')).toBe(describeDataModel());
});
