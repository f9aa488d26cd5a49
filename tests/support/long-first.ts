import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, the longest first: one of them begun last would be waited for alone. */
const LONG = [
  'server/demo',
  'server/recipes',
  'server/mirror',
  'server/search/real-titles',
  'server/ingest-kill',
  'server/push-kill',
  'server/subscriptions/kill',
  'server/claims',
  'server/redact',
  'server/search/search-answers',
  'server/database/migrations',
  'server/backup',
];
const rank = ({ moduleId }: TestSpecification): number => {
  const index = LONG.findIndex((name) => moduleId.includes(name));
  return index === -1 ? LONG.length : index;
};

/** The usual order, but for the longest files. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
