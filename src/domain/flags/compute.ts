import type { Outcome, Process } from './process.ts';
import { FLAG_CODES, type FlagCode, flagRule } from './registry.ts';
import type { OrganizationOutcome, Reference } from './rule.ts';

/** Number of the rules by which indicators are computed: raised whenever the same notices would give other outcomes. */
export const FLAG_RULES = 1;

/** What the indicators say of one lot, by code. */
export type Outcomes = Partial<Record<FlagCode, Outcome>>;

/** An outcome of an organization, with its indicator. */
export type CodedOutcome = OrganizationOutcome & { code: FlagCode };

/** Indicators that are computed of each lot. */
export const PROCESS_CODES = FLAG_CODES.filter((code) => flagRule(code).process);

/** What all lots together say: with what each is compared, and what holds of organizations. */
export interface Comparison {
  judge(process: Process): Outcomes;
  organizations: CodedOutcome[];
}

/**
 * Reads all lots once, in whatever order, and gives what is needed to judge each of them. Holds some numbers of every lot, no texts. The
 * same lots give the same outcomes, byte for byte.
 */
export function compareProcesses(processes: Iterable<Process>): Comparison {
  const samples = new Map<string, number[]>();
  const tallies = FLAG_CODES.flatMap((code) => {
    const tally = flagRule(code).organizations?.();
    return tally ? [{ code, tally }] : [];
  });
  for (const process of processes) {
    for (const code of PROCESS_CODES) {
      const sample = flagRule(code).process?.sample?.(process);
      if (!sample) continue;
      const key = `${code} ${sample.group}`;
      const values = samples.get(key);
      if (values) values.push(sample.value);
      else samples.set(key, [sample.value]);
    }
    for (const { tally } of tallies) tally.take(process);
  }
  for (const values of samples.values()) values.sort((a, b) => a - b);
  const referenceOf =
    (code: FlagCode): Reference =>
    (group) =>
      samples.get(`${code} ${group}`) ?? [];
  return {
    judge(process) {
      return Object.fromEntries(
        PROCESS_CODES.flatMap((code) => {
          const outcome = flagRule(code).process?.judge(process, referenceOf(code));
          return outcome ? [[code, outcome]] : [];
        }),
      );
    },
    organizations: tallies.flatMap(({ code, tally }) => tally.end().map((outcome) => ({ code, ...outcome }))),
  };
}
