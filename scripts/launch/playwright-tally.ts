import { z } from 'zod';
import { describeFailure, type Tally } from './tally.ts';

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
