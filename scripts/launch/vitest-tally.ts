import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import { describeFailure, type Tally } from './tally.ts';

/** Where the reporter writes the tally of a run. */
export const TALLY_PATH_VARIABLE = 'TONGMING_VITEST_TALLY';

type OnTestRunEnd = NonNullable<Reporter['onTestRunEnd']>;

/**
 * vitest reporter: writes the tally of a run as JSON. The reporters that vitest has say nothing of errors outside tests
 * (a rejection that nobody awaited, a hook, a worker that died), which fail a run all the same.
 */
export default class VitestTally implements Reporter {
  onTestRunEnd(...[modules, errors]: Parameters<OnTestRunEnd>): void {
    const path = process.env[TALLY_PATH_VARIABLE];
    if (!path) throw new Error(`${TALLY_PATH_VARIABLE} is not set`);
    const outside = errors.map(({ name = 'Error', message, stack }) =>
      describeFailure(`outside the tests: ${name}: ${message}`, stack),
    );
    const tallies = modules.map(tallyModule);
    const tally: Tally = {
      passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
      failures: [...tallies.flatMap(({ failures }) => failures), ...outside],
    };
    writeFileSync(path, JSON.stringify(tally));
  }
}

function tallyModule(module: TestModule): Tally {
  const failures = module.errors().map(({ message }) => describeFailure(module.relativeModuleId, message));
  for (const suite of module.children.allSuites()) {
    const errors = suite.errors().map(({ message }) => message);
    if (errors.length > 0)
      failures.push(describeFailure(`${module.relativeModuleId}: ${suite.fullName}`, errors.join('\n')));
  }
  for (const test of module.children.allTests('failed')) {
    const { errors = [] } = test.result();
    const messages = errors.map(({ message }) => message).join('\n');
    failures.push(describeFailure(`${module.relativeModuleId}: ${test.fullName}`, messages));
  }
  return { passed: [...module.children.allTests('passed')].length, failures };
}
