import { z } from 'zod';
import { decodeText } from '../formats/decode.ts';
import { parseConcatenatedJson } from '../formats/json.ts';
import { parseCsv, parseHtmlTable, parseXlsx, type Table } from '../formats/table.ts';
import { screenPersonalData } from '../screen.ts';
import { type FeedAdapter, FeedFormatError, type FeedPage } from '../types.ts';
import { screened, toDraft } from './folder/drafts.ts';
import { type Mapping, parseMapping } from './folder/mapping.ts';
import { type ReadRows, type Row, readRecords, readTable } from './folder/rows.ts';

const MAPPING_FILE = 'mapping.json';

const settingsSchema = z.strictObject({
  /** Folder below FEED_FILES_DIR, e.g. `land`. */
  folder: z.string().regex(/^[\p{L}\p{N}_-]+(?:\/[\p{L}\p{N}_-]+)*$/u),
});
type Settings = z.infer<typeof settingsSchema>;

const folderSchema = z.array(z.strictObject({ name: z.string(), base64: z.string() }));
/** What `unpack` makes of a folder: its mapping, and the rows of each file. */
const unpackedSchema = z.strictObject({
  mapping: z.base64(),
  tables: z.array(z.strictObject({ file: z.string(), rows: z.array(z.array(z.string())) })),
  records: z.array(z.strictObject({ file: z.string(), rows: z.array(z.record(z.string(), z.string())) })),
});

/** Files of a folder (CSV, XLSX, JSON, HTML) with a `mapping.json` beside them that says what their columns hold. */
export const folder: FeedAdapter<Settings> = {
  key: 'folder',
  name: '文件夹（CSV、XLSX、JSON、HTML）',
  caveats: [
    '编号要稳定：没有编号列时用模板拼成',
    '错位的行自动扶正，扶不正的列为问题条目',
    '新文件放入即读，删除文件不等于撤回公告',
  ],
  settings: settingsSchema,
  lists: ({ folder: path }) => [
    { url: `file:///${path.split('/').map(encodeURIComponent).join('/')}`, expect: 'file' },
  ],
  unpack,
  parseList,
};

async function unpack(bytes: Uint8Array): Promise<Uint8Array> {
  const files = folderSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const mapping = files.find(({ name }) => name === MAPPING_FILE);
  if (!mapping) throw new FeedFormatError(`文件夹里没有 ${MAPPING_FILE}`);
  const tables: { file: string; rows: Table }[] = [];
  const records: { file: string; rows: Row[] }[] = [];
  for (const { name: file, base64 } of files) {
    const content = Buffer.from(base64, 'base64');
    // Spreadsheet programs keep a lock beside an open workbook.
    if (file.startsWith('~')) continue;
    if (/\.xlsx$/i.test(file)) tables.push({ file, rows: await parseXlsx(content) });
    else if (/\.(?:csv|tsv)$/i.test(file)) tables.push({ file, rows: parseCsv(content) });
    else if (/\.html?$/i.test(file)) tables.push({ file, rows: parseHtmlTable(content) });
    else if (/\.json$/i.test(file) && file !== MAPPING_FILE) {
      records.push({ file, rows: readRecords(parseConcatenatedJson(decodeText(content))) });
    }
  }
  if (tables.length + records.length === 0) throw new FeedFormatError('文件夹里没有 CSV、XLSX、JSON 或 HTML 文件');
  return Buffer.from(JSON.stringify({ mapping: mapping.base64, tables, records }));
}

function parseList(bytes: Uint8Array): FeedPage {
  const unpacked = unpackedSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const mapping = parseMapping(Buffer.from(unpacked.mapping, 'base64'));
  const page: FeedPage = { drafts: [], faults: [] };
  for (const { file, rows } of unpacked.tables) addRows(page, readTable(rows, mapping), mapping, file);
  for (const { file, rows } of unpacked.records) addRows(page, { rows, faults: [] }, mapping, file);
  page.total = page.drafts.length + page.faults.length;
  return page;
}

function addRows(page: FeedPage, { rows, faults }: ReadRows, mapping: Mapping, file: string): void {
  for (const { raw, reason } of faults) page.faults.push({ raw: screenPersonalData(raw).value, reason });
  const known = new Set(page.drafts.map(({ sourceItemId }) => sourceItemId));
  for (const group of groupRows(rows.map(screened), mapping)) {
    try {
      const draft = toDraft(group, mapping, file);
      // One notice in several exports: the first file that has it counts.
      if (known.has(draft.sourceItemId)) continue;
      known.add(draft.sourceItemId);
      page.drafts.push(draft);
    } catch (error) {
      if (!(error instanceof FeedFormatError)) throw error;
      page.faults.push({ raw: JSON.stringify(group[0]).slice(0, 2_000), reason: error.message });
    }
  }
}

function groupRows(rows: readonly Row[], { group }: Mapping): Row[][] {
  if (!group) return rows.map((row) => [row]);
  const groups = Map.groupBy(rows, (row) => JSON.stringify(group.by.map((column) => row[column] ?? '')));
  return [...groups.values()];
}
