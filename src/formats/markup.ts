/** Text as it stands between tags. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** A table with a row of headers; empty without rows. Columns that no row fills are left out. */
export function headedTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const filled = headers.map((_header, index) => rows.some((row) => row[index]));
  const line = (tag: string, cells: readonly string[]) => {
    const shown = cells.filter((_cell, index) => filled[index]);
    return `<tr>${shown.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  };
  if (rows.length === 0) return '';
  return `<table><thead>${line('th', headers)}</thead><tbody>${rows.map((row) => line('td', row)).join('')}</tbody></table>`;
}

/** A table of labels and values; empty without any. */
export function labelledTable(values: Readonly<Record<string, string>>): string {
  const rows = Object.entries(values).map(
    ([label, value]) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return rows.length > 0 ? `<table><tbody>${rows.join('')}</tbody></table>` : '';
}

/** Plain text with a paragraph for each line. */
export function paragraphs(text: string): string {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('');
}
