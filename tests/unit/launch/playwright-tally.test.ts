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
    const attempts = [{ error: { message: 'first' } }, { error: { message: 'last' } }];
    expect(readPlaywrightReport(report(spec('unexpected', attempts)))).toEqual({
      passed: 4,
      failures: ['[phone] find.spec.ts: finds a notice\n  last'],
    });
  });

  it('takes what passed when repeated as passed, and errors outside tests as failures', () => {
    const { failures } = readPlaywrightReport(report(spec('flaky', [{}]), [{ message: 'no server' }]));
    expect(failures).toEqual(['playwright\n  no server']);
  });
});
