import type { Comparison, Finding } from './compare.ts';
import { NORMALISATIONS, type NormalisationName } from './normalise.ts';

/** Examples that are printed of what differs in the same way. */
const EXAMPLES = 3;

/** What was compared and what differs, for a person at a terminal. */
export function formatComparison({ asked, skipped, findings, normalised, statuses }: Comparison): string {
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  const unexplained = findings.filter(({ expected }) => expected === undefined).length;
  return [
    ...[...Map.groupBy(findings, groupKey)].map(([key, group]) => formatGroup(key, group)),
    `${asked} addresses compared (${counts.join(', ')}); ${skipped} links of shapes that had enough were left out.`,
    `Made equal: ${formatRules(normalised)}.`,
    `${findings.length} differ, ${unexplained} of them without a reason.`,
  ].join('\n');
}

const groupKey = ({ shape, reason, expected }: Finding) =>
  `${shape}: ${reason}${expected === undefined ? '' : ` (expected: ${expected})`}`;

function formatGroup(key: string, group: readonly Finding[]): string {
  const examples = group
    .slice(0, EXAMPLES)
    .map(({ ask, before, after }) => `  ${ask}\n    before ${before}\n    after  ${after}\n`);
  return `${group.length} × ${key}\n${examples.join('')}`;
}

/** Every rule, those that were not needed too. */
function formatRules(normalised: ReadonlyMap<NormalisationName, number>): string {
  const names = [...Object.keys(NORMALISATIONS), 'own address'] as NormalisationName[];
  return names.map((name) => `${name} in ${normalised.get(name) ?? 0} answers`).join(', ');
}
