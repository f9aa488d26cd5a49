import type { Cells } from './cells.ts';
import type { ReportContent } from './content.ts';
import type { LintFinding } from './lint/finding.ts';
import { lintReport } from './lint/lint.ts';
import { type CellFault, reconcile } from './reconcile.ts';

/** What stands against a report. */
export interface ReportAssessment {
  /** Cells that do not fit: errors block publishing, warnings have to be explained. */
  faults: CellFault[];
  /** Contradictions of its text: to be looked at, and explained by whoever publishes it. */
  findings: LintFinding[];
  /** Whether it may be published at all. */
  isBlocked: boolean;
  /** Whether whoever publishes it has to say why it is right all the same. */
  needsReason: boolean;
}

/** Holds a report against its own tables, against the year before, and its text against itself. `text` is the report as lines. */
export function assessReport(content: ReportContent, before: Cells | null, text: string): ReportAssessment {
  const empty = (content.input.texts.problems ?? '').trim() === '';
  const faults: CellFault[] = [
    ...reconcile(content.form, content.cells, before),
    ...(empty
      ? [{ severity: 'error' as const, cell: 'problems', label: '五、存在的主要问题及改进情况', message: '没有填写' }]
      : []),
  ];
  const findings = lintReport(text, content);
  return {
    ...{ faults, findings },
    isBlocked: faults.some(({ severity }) => severity === 'error'),
    needsReason: findings.length > 0 || faults.some(({ severity }) => severity === 'warning'),
  };
}
