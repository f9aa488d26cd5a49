/** The two forms of 政府信息公开工作年度报告, by the reporting year from which on each is prescribed. */
export const REPORT_FORMS = {
  '2020': { label: '2020 年格式', since: 2019 },
  '2021': { label: '2021 年格式', since: 2021 },
} as const satisfies Record<string, { label: string; since: number }>;

export type ReportForm = keyof typeof REPORT_FORMS;
export const REPORT_FORM_KEYS = Object.keys(REPORT_FORMS) as [ReportForm, ...ReportForm[]];

/** The form that is prescribed for a reporting year. */
export const formOf = (year: number): ReportForm => (year >= REPORT_FORMS['2021'].since ? '2021' : '2020');

/** The first year that can be reported. */
export const FIRST_REPORT_YEAR = 2019;

/** Where a report stands before it is published: written by one person, reviewed and published by another. */
export const REPORT_STATES = { drafting: '起草中', submitted: '待审核', published: '已发布' } as const;

export type ReportState = keyof typeof REPORT_STATES;
export const REPORT_STATE_KEYS = Object.keys(REPORT_STATES) as [ReportState, ...ReportState[]];

/** By when the report of a year has to be public: 31 January of the next (政府信息公开条例 49). */
export const reportDueOn = (year: number): string => `${year + 1}-01-31`;
