import { normaliseProjectCode } from '../projects/project-code.ts';

/**
 * A decision's number in the form under which numbers are compared: half-width, without blanks, every kind of year bracket alike,
 * without 第: `济财罚〔2026〕第3号` and `济财罚[2026]3号` are one. Empty when the text is no number.
 */
export function normaliseDecisionNo(text: string): string {
  return normaliseProjectCode(text)
    .replace(/[(（](\d{4})[)）]/g, '[$1]')
    .replace(/第(?=\d)/g, '')
    .replace(/(?<=[\]年-])0+(?=\d)/g, '');
}
