import { describe, expect, test } from 'vitest';
import { findGuid, sequentialGuidTime } from '#src/ingest/adapters/common/guid-time.ts';

const NOW = Date.parse('2026-06-13T00:00:00Z');

describe('sequential GUIDs', () => {
  test('the time stands in front in newer ids and at the end in older ones', () => {
    expect(sequentialGuidTime('3a21cd23-aa25-1a2b-3c4d-5e6f708192a3', NOW)).toBe('2026-06-12T08:33:18.373Z');
    expect(sequentialGuidTime('3a21cd23aa251a2b3c4d5e6f708192a3', NOW)).toBe('2026-06-12T08:33:18.373Z');
    expect(sequentialGuidTime('b2c3d4e5-f607-1829-3a4b-39e8497e4968', NOW)).toBe('2018-08-14T07:23:29.000Z');
  });

  test('years before 2015 and times to come say nothing', () => {
    expect(sequentialGuidTime('00000000-0000-0000-0000-000000000000', NOW)).toBeUndefined();
    expect(sequentialGuidTime('f47ac10b-58cc-4372-a567-0e02b2c3d479', NOW)).toBeUndefined();
    expect(
      sequentialGuidTime('3a21cd23-aa25-1a2b-3c4d-5e6f708192a3', Date.parse('2026-06-11T08:00:00Z')),
    ).toBeUndefined();
  });

  test('an id is found in links and braces, never inside longer digits', () => {
    expect(findGuid('{3A21CD23-AA25-1A2B-3C4D-5E6F708192A3}')).toBe('3a21cd23-aa25-1a2b-3c4d-5e6f708192a3');
    expect(findGuid('3a21cd23aa251a2b3c4d5e6f708192a3')).toBe('3a21cd23aa251a2b3c4d5e6f708192a3');
    expect(findGuid('03a21cd23aa251a2b3c4d5e6f708192a3')).toBeUndefined();
    expect(findGuid('')).toBeUndefined();
  });
});
