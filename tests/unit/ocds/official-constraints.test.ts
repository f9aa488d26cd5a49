import { describe, expect, it } from 'vitest';
import { mutate } from '#tests/support/ocds-mutants.ts';
import { FULL_PACKAGES } from '#tests/support/ocds-packages.ts';
import { constraintValidator, officialValidator, type PackageKind } from '#tests/support/ocds-validator.ts';

describe.each<PackageKind>(['release', 'record'])('our constraints of %s packages', (kind) => {
  const ours = constraintValidator(kind);
  const official = officialValidator(kind);

  it('take a package with every field', () => {
    expect([ours(FULL_PACKAGES[kind]), ours.errors]).toEqual([true, null]);
  });

  it.skipIf(!official)('refuse whatever the official schema refuses', () => {
    expect([official?.(FULL_PACKAGES[kind]), official?.errors]).toEqual([true, null]);
    const refused = [...mutate(FULL_PACKAGES[kind])].filter(({ value }) => !official?.(value));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.filter(({ value }) => ours(value)).map(({ change }) => change)).toEqual([]);
  });
});
