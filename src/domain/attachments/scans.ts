/** What a virus scanner says of a file. */
export const SCANS = {
  clean: '未发现病毒',
  infected: '发现病毒',
  /** There is no scanner. */
  unscanned: '没有杀毒软件，未检查',
  /** The scanner did not answer, or not so that it can be understood: never taken for clean. */
  error: '杀毒软件没有给出结果',
} as const;

export type Scan = keyof typeof SCANS;
export const SCAN_KEYS = Object.keys(SCANS) as [Scan, ...Scan[]];
