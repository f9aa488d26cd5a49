import { strToU8, zipSync } from 'fflate';

/** Parts of an archive by their names, as text or bytes. */
export type Parts = Record<string, string | Uint8Array>;

/** An archive of parts. */
export const zipOf = (parts: Parts): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
      ),
    ),
  );

const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const S = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"`;
const types = (main: string) =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${main}</Types>`;
export const relations = (items: [id: string, type: string, target: string, mode?: string][]): string =>
  `<?xml version="1.0"?><Relationships xmlns="${RELS}">${items
    .map(
      ([id, type, target, mode]) =>
        `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ''}/>`,
    )
    .join('')}</Relationships>`;

const WORD_TYPE =
  '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>';

/** A text document with this body, and further parts. */
export const docxOf = (body: string, parts: Parts = {}): Buffer =>
  zipOf({
    '[Content_Types].xml': types(WORD_TYPE),
    '_rels/.rels': relations([['r1', 'officeDocument', 'word/document.xml']]),
    'word/document.xml': `<?xml version="1.0"?><w:document ${W}><w:body>${body}</w:body></w:document>`,
    ...parts,
  });

export const paragraph = (text: string, properties = ''): string =>
  `<w:p><w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t>${text}</w:t></w:r></w:p>`;

/** Comments of a text document. */
export const commentsOf = (author: string, text: string): string =>
  `<w:comments ${W}><w:comment w:id="0" w:author="${author}"><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:comment></w:comments>`;

export const coreProperties = (creator: string): string =>
  `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>${creator}</dc:creator></cp:coreProperties>`;

/** A workbook with one sheet for each entry. */
export function xlsxOf(
  sheets: { name: string; state?: string; xml: string }[],
  parts: Parts = {},
  defined = '',
): Buffer {
  const list = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index}"${state ? ` state="${state}"` : ''}/>`,
  );
  const targets = sheets.map((_sheet, index): [string, string, string] => [
    `s${index}`,
    'worksheet',
    `worksheets/sheet${index + 1}.xml`,
  ]);
  return zipOf({
    '[Content_Types].xml': types(
      '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>',
    ),
    '_rels/.rels': relations([['r1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook ${S}><sheets>${list.join('')}</sheets><definedNames>${defined}</definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(targets),
    ...Object.fromEntries(
      sheets.map(({ xml }, index) => [`xl/worksheets/sheet${index + 1}.xml`, `<worksheet ${S}>${xml}</worksheet>`]),
    ),
    ...parts,
  });
}

/** A presentation with these parts. */
export const pptxOf = (parts: Parts): Buffer =>
  zipOf({
    '[Content_Types].xml': types(
      '<Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/>',
    ),
    '_rels/.rels': relations([['r1', 'officeDocument', 'ppt/presentation.xml']]),
    'ppt/presentation.xml': '<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>',
    ...parts,
  });

/** A PDF whose pages paint what their content streams say; `/F1` is Helvetica. `extra`: entries of the catalogue, and objects from number 100 on. */
export function pdfOf(pages: string[], { catalogue = '', info = '', objects = [] as string[] } = {}): Buffer {
  const numbered = new Map<number, string>();
  numbered.set(1, `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`);
  numbered.set(
    2,
    `<< /Type /Pages /Kids [${pages.map((_page, index) => `${10 + index * 2} 0 R`).join(' ')}] /Count ${pages.length} >>`,
  );
  numbered.set(3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  numbered.set(4, `<< ${info} >>`);
  // A picture of one black dot.
  numbered.set(
    5,
    '<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\0\nendstream',
  );
  pages.forEach((content, index) => {
    const page = 10 + index * 2;
    numbered.set(
      page,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${page + 1} 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /Im1 5 0 R >> >> >>`,
    );
    numbered.set(page + 1, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  });
  for (const [index, object] of objects.entries()) numbered.set(100 + index, object);
  let out = '%PDF-1.4\n';
  const offsets = [...numbered].map(([number, object]) => {
    const offset = out.length;
    out += `${number} 0 obj\n${object}\nendobj\n`;
    return `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = out.length;
  out += `xref\n0 1\n0000000000 65535 f \n${offsets.join('')}trailer << /Size 200 /Root 1 0 R /Info 4 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}
