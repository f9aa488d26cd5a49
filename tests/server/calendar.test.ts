import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readWorkingCalendar } from '#src/server/calendar.ts';
import { ConfigError } from '#src/server/config.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'tongming-calendar-'));
afterAll(() => removeFolder(folder));

const write = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

it('holiday plans of a file count from the start', () => {
  const days = [{ name: '元旦', date: '2027-01-01', isOffDay: true }];
  const path = write('plans.json', JSON.stringify([{ year: 2027, papers: ['an invented document'], days }]));
  expect(readWorkingCalendar(path).isWorkingDay('2027-01-01')).toBe(false);
  expect(readWorkingCalendar(undefined).isWorkingDay('2027-01-01')).toBeUndefined();
});

it.each([
  ['missing.json', undefined, /ENOENT/],
  ['torn.json', '[{"year": 2027', /JSON/],
  ['empty.json', JSON.stringify({ year: 2027, papers: [], days: [] }), /document/],
])('a file that cannot be used ends the start with its reason: %s', (name, text, reason) => {
  const path = text === undefined ? join(folder, name) : write(name, text);
  expect(() => readWorkingCalendar(path)).toThrow(ConfigError);
  expect(() => readWorkingCalendar(path)).toThrow(reason);
});
