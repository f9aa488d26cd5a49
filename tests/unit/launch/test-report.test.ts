import { describe, expect, it } from 'vitest';
import { readPlaywrightReport, readVitestReport } from '#scripts/launch/test-report.ts';

describe('the report of vitest', () => {
  const file = (assertionResults: object[], status = 'failed', message = '') => ({
    name: 'tests/unit/a.test.ts',
    status,
    message,
    assertionResults,
  });
  const report = (...testResults: object[]) => JSON.stringify({ numPassedTests: 1, testResults });

  it('names each failed test and how its message begins, without colours', () => {
    const passed = { fullName: 'sum adds', status: 'passed', failureMessages: [] };
    const failed = {
      fullName: 'sum carries',
      status: 'failed',
      failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[0m'],
    };
    expect(readVitestReport(report(file([passed, failed])))).toEqual({
      passed: 1,
      failures: ['tests/unit/a.test.ts: sum carries\n  expected 1 to be 2'],
    });
  });

  it('counts a file that failed before its tests', () => {
    expect(readVitestReport(report(file([], 'failed', 'Cannot find module x'))).failures).toEqual([
      'tests/unit/a.test.ts\n  Cannot find module x',
    ]);
  });

  it('counts nothing of a file that was skipped', () => {
    expect(readVitestReport(report(file([], 'passed'))).failures).toEqual([]);
  });
});

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
