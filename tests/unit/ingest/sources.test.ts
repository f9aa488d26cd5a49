import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { columnsSchema } from '#src/ingest/adapters/common/columns.ts';
import { loadFeed } from '#src/ingest/pipeline.ts';
import { SOURCES } from '#src/ingest/sources.ts';

const settingsWithColumns = z.looseObject({ columns: columnsSchema, pagedColumns: z.array(z.string()).default([]) });

test('every county and the city have exactly one source', () => {
  expect(SOURCES.map(({ county }) => county).sort()).toEqual([...COUNTY_SLUGS].sort());
  expect(new Set(SOURCES.map(({ key }) => key)).size).toBe(SOURCES.length);
});

describe.each(SOURCES.map((source) => [source.key, source] as const))('%s', (_key, source) => {
  test('its settings fit its adapter, which has something to ask', () => {
    const { adapter, settings } = loadFeed(source);
    const lists = adapter.lists(settings, { until: '2026-06-15' });
    expect(lists).toHaveLength(Object.keys(settingsWithColumns.parse(source.settings).columns).length);
    for (const { url } of lists) expect(new URL(url).protocol).toBe('https:');
  });

  test('every column is mapped, or plainly left to be mapped: half a mapping is a mistake', () => {
    const { columns, pagedColumns } = settingsWithColumns.parse(source.settings);
    for (const { label, category, stage } of Object.values(columns)) {
      expect(label).toMatch(/\p{Script=Han}/u);
      expect(category === undefined).toBe(stage === undefined);
    }
    for (const code of pagedColumns) expect(columns).toHaveProperty(code);
  });
});

test('the columns of city and counties are those of the platform', () => {
  const codes = (key: string) =>
    Object.keys(settingsWithColumns.parse(SOURCES.find((source) => source.key === key)?.settings).columns);
  const works = ['536', '503000', '504002', '511001', '513001', '517001'];
  expect(codes('jining-city').sort()).toEqual(
    [...works, '503002', '551003', '553001', '55100101', '55200101', '57100101'].sort(),
  );
  expect(codes('jining-zoucheng').sort()).toEqual([...works, '551001', '551003', '552001', '553001'].sort());
});
