/**
 * How an item of the disclosure catalogue stands in a project. `due`: its time has not come or is not over; `unchecked`: published, or
 * not, and whether in time cannot be said, with the reason.
 */
export const DUTY_STATES = {
  onTime: { label: '按期公开', isTold: true },
  late: { label: '逾期或期限不足', isTold: true },
  missing: { label: '应公开未公开', isTold: true },
  due: { label: '期限未到', isTold: false },
  unchecked: { label: '无法核对', isTold: false },
  notApplicable: { label: '不适用', isTold: false },
} as const;

export type DutyState = keyof typeof DUTY_STATES;
export const DUTY_STATE_KEYS = Object.keys(DUTY_STATES) as [DutyState, ...DutyState[]];

/** How many duties stand how. */
export type DutyTotals = Partial<Record<DutyState, number>>;
