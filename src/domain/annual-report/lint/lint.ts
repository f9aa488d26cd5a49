import {
  balance,
  centralProcurement,
  consultations,
  normativeDocuments,
  reviews,
  sums,
  textAgainstTable,
  yearOnYear,
} from './figures.ts';
import { type LintContext, type LintFinding, type Rule, readReport } from './finding.ts';
import { documentNumbers, doubledNumerals, homophones } from './words.ts';

const RULES: readonly Rule[] = [
  ...[documentNumbers, doubledNumerals, homophones, centralProcurement, normativeDocuments, yearOnYear],
  ...[consultations, sums, textAgainstTable, balance, reviews],
];

/**
 * Looks for contradictions of a report with itself, in any text: one of ours, or one that was published elsewhere. What stands in tables
 * is read where each cell is a line or is set apart by a tab. It says what to look at; whether it is wrong, people decide.
 */
export function lintReport(text: string, context: LintContext = { requestsBefore: null }): LintFinding[] {
  const report = readReport(text);
  return RULES.flatMap((rule) => rule(report, context));
}
