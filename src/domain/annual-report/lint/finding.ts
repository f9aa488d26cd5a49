/** Contradictions that a report can have with itself, and what each is. */
export const LINT_RULES = {
  documentNumber: '同一文件有两个文号',
  doubledNumeral: '数字重复',
  homophone: '疑似错别字',
  centralProcurement: '政府集中采购与采购信息条数矛盾',
  normativeDocuments: '规范性文件数量与正文矛盾',
  yearOnYear: '同比与数量不符',
  consultations: '咨询计入了依申请公开',
  sum: '分项之和与总数不符',
  table: '正文与表格不符',
  balance: '表格勾稽不平',
  reviews: '复议、诉讼与正文不符',
} as const;

export type LintRule = keyof typeof LINT_RULES;
export const LINT_RULE_KEYS = Object.keys(LINT_RULES) as [LintRule, ...LintRule[]];

/** A contradiction in a text. */
export interface LintFinding {
  rule: LintRule;
  /** The words that contradict each other, or what should be there. */
  quotes: string[];
  message: string;
}

/** What else is known of the year. */
export interface LintContext {
  /** Requests that came in the year before; null where nobody knows. */
  requestsBefore: number | null;
}

export type Rule = (report: ReportText, context: LintContext) => LintFinding[];

/** The text of a report, taken apart. */
export interface ReportText {
  /** Words without blanks, tables included. */
  words: string;
  /** Lines that say something, without blanks at their ends. */
  lines: readonly string[];
  /** Figures that stand in the lines after the first line whose words match. Undefined where no such row is. */
  row(label: RegExp): number[] | undefined;
}

/** Takes a report apart as it stands in a file: a cell of a table is a line. */
export function readReport(text: string): ReportText {
  const lines = text.split(/\r?\n|\t/).flatMap((line) => line.trim() || []);
  return {
    words: text.replace(/\s+/g, ''),
    lines,
    row(label) {
      const at = lines.findIndex((line) => label.test(line.replace(/\s+/g, '')));
      if (at < 0) return undefined;
      const rest = lines.slice(at + 1);
      const end = rest.findIndex((line) => !/^-?\d+(?:\.\d+)?$/.test(line));
      return (end < 0 ? rest : rest.slice(0, end)).map(Number);
    },
  };
}
