import { describe, expect, it } from 'vitest';
import { readPlaywrightReport } from '#scripts/launch/playwright-tally.ts';

describe('the report of Playwright', () => {
  const spec = (status: string, results: object[]) => ({
    title: 'finds a notice',
    file: 'find.spec.ts',
    tests: [{ projectName: 'phone', status, results }],
  });
  const report = (spec: object, errors: object[] = []) =>
    JSON.stringify({ stats: { expected: 3, flaky: 1 }, errors, suites: [{ specs: [], suites: [{ specs: [spec] }] }] });

  it('names failed tests at any depth by project, with what the last attempt said', () => {
    const attempts = [{ errors: [{ message: 'first' }] }, { errors: [{ message: 'last\nin two lines' }] }];
    expect(readPlaywrightReport(report(spec('unexpected', attempts)))).toEqual({
      passed: 3,
      failures: ['[phone] find.spec.ts: finds a notice\n  last\n  in two lines'],
    });
  });

  it('gives the first line of each of several errors', () => {
    const errors = [{ message: 'one page\nat length' }, { message: 'another page' }];
    const { failures } = readPlaywrightReport(report(spec('unexpected', [{ errors }])));
    expect(failures).toEqual(['[phone] find.spec.ts: finds a notice\n  one page\n  another page']);
  });

  it('takes what passed only when repeated, and errors outside tests, as failures', () => {
    const attempts = [{ errors: [{ message: 'too slow' }] }, { errors: [] }];
    const { passed, failures } = readPlaywrightReport(report(spec('flaky', attempts), [{ message: 'no server' }]));
    expect(passed).toBe(3);
    expect(failures).toEqual([
      'playwright\n  no server',
      '[phone] find.spec.ts: finds a notice\n  passed only when repeated; at first:\n  too slow',
    ]);
  });

  it('tells what never ran from what was skipped', () => {
    expect(readPlaywrightReport(report(spec('skipped', [{ errors: [] }]))).failures).toEqual([]);
    expect(readPlaywrightReport(report(spec('skipped', []))).failures).toEqual([
      expect.stringContaining('finds a notice\n  did not run'),
    ]);
  });
});
