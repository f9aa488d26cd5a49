import { z } from 'zod';
import { describeFailure, type Tally } from './tally.ts';

interface Suite {
  specs: z.infer<typeof playwrightSpec>[];
  suites?: Suite[] | undefined;
}

const playwrightError = z.object({ message: z.string().optional() });

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string(),
      status: z.string(),
      results: z.array(z.object({ errors: z.array(playwrightError).default([]) })),
    }),
  ),
});

const playwrightSuite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(playwrightSpec), suites: z.array(playwrightSuite).optional() }),
);

const playwrightReport = z.object({
  stats: z.object({ expected: z.number() }),
  errors: z.array(playwrightError),
  suites: z.array(playwrightSuite),
});

const specsOf = (suite: Suite): Suite['specs'] => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];

type Outcome = Suite['specs'][number]['tests'][number];

/** Why a test has failed, or undefined when it has not. Skipped by itself is no failure, never started is one. */
function judge({ status, results }: Outcome): string | undefined {
  if (status === 'skipped') return results.length === 0 ? 'did not run: tests that run before it failed' : undefined;
  if (status === 'flaky') return `passed only when repeated; at first:\n${describeErrors(results[0])}`;
  return status === 'unexpected' ? describeErrors(results.at(-1)) : undefined;
}

/** What an attempt said: all of a single error, the first line of each of several. */
function describeErrors({ errors }: Outcome['results'][number] = { errors: [] }): string {
  const messages = errors.map(({ message = '' }) => message);
  return messages.length > 1 ? messages.map((message) => message.split('\n')[0]).join('\n') : messages.join('');
}

/**
 * Reads the report of Playwright's `json` reporter. A test that passed only when repeated has failed, and so has one that never ran
 * because others failed.
 *
 * @throws SyntaxError, ZodError when it is no such report
 */
export function readPlaywrightReport(json: string): Tally {
  const { stats, errors, suites } = playwrightReport.parse(JSON.parse(json));
  const failures = suites.flatMap(specsOf).flatMap(({ title, file, tests }) =>
    tests.flatMap((test) => {
      const reason = judge(test);
      return reason === undefined ? [] : describeFailure(`[${test.projectName}] ${file}: ${title}`, reason);
    }),
  );
  return {
    passed: stats.expected,
    failures: [...errors.map(({ message }) => describeFailure('playwright', message)), ...failures],
  };
}
