/** What makes spreadsheet programs take text for a formula; Chinese versions know the full-width signs too. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@|＝＋－＠]/u;

/** Text that Excel reads as a number and shows as another one: long digits, leading zeros, exponents. */
const NUMBER = /^\s*(?:\d{12,}|0\d+|\d+(?:\.\d+)?e\d+)\s*$/i;
/** Text that Excel reads as a date or a time of day. */
const DATE =
  /^\s*(?:\d{1,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,4}日?)?|\d{1,3}:\d{2}(?::\d{2})?|\d{1,2}[- ]?[a-z]{3,9}(?:[- ]?\d{2,4})?|[a-z]{3,9}[- ]?\d{1,4})\s*$/i;
const MONTH = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i;

const isDate = (text: string) => DATE.test(text) && (!/[a-z]/i.test(text) || MONTH.test(text));

/**
 * Text as a cell of a CSV file that people open in a spreadsheet program: an apostrophe before what would run as a formula, a tab
 * before what Excel would take for a number or a date and so lose digits of. Whoever reads such a file by program strips a leading tab.
 */
export function toSheetText(text: string): string {
  const safe = toProgramText(text);
  return NUMBER.test(safe) || isDate(safe) ? `\t${safe}` : safe;
}

/** Text as a cell of a CSV file for programs: as it is, but that it never runs as a formula wherever it is opened. */
export function toProgramText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Characters in a cell of a workbook, beyond which Excel calls the file damaged. */
const LONGEST_CELL = 32_767;
/** What reads as an escape in a workbook although it is plain text. */
const ESCAPE = /_(?=x[\da-f]{4}_)/gi;
/** What XML 1.0 cannot carry and the writer of workbooks does not know; it escapes control characters itself. */
const NON_CHARACTERS = /[\uFFFE\uFFFF]/g;

/**
 * Text as a cell of a workbook (ST_Xstring, ECMA-376 part 1, 22.9.2.19): `_xHHHH_` stands for a character that XML cannot carry, so text
 * that happens to look like that has its underscore escaped. Longer texts than a cell holds are cut.
 */
export function toWorkbookText(text: string): string {
  const whole = text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
  return whole
    .toWellFormed()
    .replace(ESCAPE, '_x005F_')
    .replace(NON_CHARACTERS, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase()}_`);
}
