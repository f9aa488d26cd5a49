/** A CSV line for staff. Words of publishers never become formulas of a spreadsheet. */
export function toCsvLine(cells: readonly string[]): string {
  const safe = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
  return safe.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
}
