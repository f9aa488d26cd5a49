import { type ExtractInput, extractFacts } from '#src/publish/facts/extract.ts';

const SPEED_ROUNDS = 5;

/** Processor time in seconds for reading all inputs: the best of several rounds, after the first has warmed up. */
export function measureSeconds(inputs: readonly ExtractInput[], rounds = SPEED_ROUNDS): number {
  const seconds = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    for (const input of inputs) extractFacts(input);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000_000;
  });
  return Math.min(...seconds);
}
