import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** The outcome of one step: tests that passed, and each failure as its name and the beginning of what it said. */
export interface Tally {
  passed: number;
  failures: string[];
}

const MESSAGE_LINES = 12;

const describeFailure = (name: string, message = ''): string =>
  [name, ...stripVTControlCharacters(message).split('\n').slice(0, MESSAGE_LINES)].join('\n  ').trimEnd();

const vitestReport = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

/**
 * Reads the report of vitest's `json` reporter. A file that failed outside its tests (import, hook) counts as one.
 *
 * @throws SyntaxError, ZodError when it is no such report
 */
export function readVitestReport(json: string): Tally {
  const { numPassedTests, testResults } = vitestReport.parse(JSON.parse(json));
  const failures = testResults.flatMap((file) => {
    const tests = file.assertionResults.filter(({ status }) => status === 'failed');
    if (tests.length === 0 && file.status === 'failed') return [describeFailure(file.name, file.message)];
    return tests.map((test) => describeFailure(`${file.name}: ${test.fullName}`, test.failureMessages.join('\n')));
  });
  return { passed: numPassedTests, failures };
}

interface Suite {
  specs: z.infer<typeof playwrightSpec>[];
  suites?: Suite[] | undefined;
}

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string(),
      status: z.string(),
      results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })),
    }),
  ),
});

const playwrightSuite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(playwrightSpec), suites: z.array(playwrightSuite).optional() }),
);

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), flaky: z.number() }),
  errors: z.array(z.object({ message: z.string().optional() })),
  suites: z.array(playwrightSuite),
});

const specsOf = (suite: Suite): Suite['specs'] => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];

/**
 * Reads the report of Playwright's `json` reporter. A test that passed when repeated counts as passed.
 *
 * @throws SyntaxError, ZodError when it is no such report
 */
export function readPlaywrightReport(json: string): Tally {
  const { stats, errors, suites } = playwrightReport.parse(JSON.parse(json));
  const failures = suites
    .flatMap(specsOf)
    .flatMap(({ title, file, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected')
        .map(({ projectName, results }) =>
          describeFailure(`[${projectName}] ${file}: ${title}`, results.at(-1)?.error?.message),
        ),
    );
  return {
    passed: stats.expected + stats.flaky,
    failures: [...errors.map(({ message }) => describeFailure('playwright', message)), ...failures],
  };
}
