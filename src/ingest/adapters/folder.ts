import { z } from 'zod';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { decodeText } from '#src/formats/decode.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parseConcatenatedJson } from '#src/formats/json.ts';
import { parseSheet } from '#src/formats/table.ts';
import type { FeedAdapter, FeedPage } from '../types.ts';
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
const faultSchema = z.strictObject({ raw: z.string(), reason: z.string() });
/** What `unpack` makes of a folder: its mapping, the rows of each file, and files that cannot be read. */
const unpackedSchema = z.strictObject({
  mapping: z.base64(),
  tables: z.array(
    z.strictObject({
      file: z.string(),
      table: z.array(z.array(z.string())),
      lines: z.array(z.number()).optional(),
      faults: z.array(faultSchema),
    }),
  ),
  records: z.array(
    z.strictObject({
      file: z.string(),
      rows: z.array(z.record(z.string(), z.string())),
      faults: z.array(faultSchema),
    }),
  ),
  damaged: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
});
type Unpacked = z.infer<typeof unpackedSchema>;

/** Files of a folder (CSV, XLSX, XLS, JSON, HTML) with a `mapping.json` beside them that says what their columns hold. */
export const folder: FeedAdapter<Settings> = {
  key: 'folder',
  name: '文件夹（CSV、XLSX、XLS、JSON、HTML）',
  caveats: [
    '编号要稳定：没有编号列时用模板拼成',
    '错位的行自动扶正，扶不正的列为问题条目；损坏的行和文件只影响自己',
    '.xls 不区分隐藏的工作表，读第一个有内容的',
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
  const unpacked: Unpacked = { mapping: mapping.base64, tables: [], records: [], damaged: [] };
  // Spreadsheet programs keep a lock beside an open workbook.
  const own = files.filter(({ name }) => FILES.test(name) && name !== MAPPING_FILE && !name.startsWith('~'));
  if (own.length === 0) throw new FeedFormatError('文件夹里没有 CSV、XLSX、XLS、JSON 或 HTML 文件');
  for (const { name: file, base64 } of own) {
    try {
      await unpackFile(unpacked, file, Buffer.from(base64, 'base64'));
    } catch (error) {
      if (!(error instanceof FeedFormatError)) throw error;
      unpacked.damaged.push({ file, reason: error.message });
    }
  }
  const [first] = unpacked.damaged;
  // A folder of which nothing can be read is out of order.
  if (first && unpacked.damaged.length === own.length) {
    throw new FeedFormatError(`文件“${first.file}”读不出：${first.reason}`);
  }
  return Buffer.from(JSON.stringify(unpacked));
}

const FILES = /\.(?:xlsx?|csv|tsv|html?|json)$/i;

async function unpackFile(unpacked: Unpacked, file: string, content: Uint8Array): Promise<void> {
  if (/\.json$/i.test(file)) {
    const { rows, faults } = readRecords(parseConcatenatedJson(decodeText(content)));
    unpacked.records.push({ file, rows: rows.map((row) => ({ ...row })), faults });
  } else unpacked.tables.push({ file, ...(await parseSheet(content)) });
}

function parseList(bytes: Uint8Array): FeedPage {
  const {
    mapping: base64,
    tables,
    records,
    damaged,
  } = unpackedSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const mapping = parseMapping(Buffer.from(base64, 'base64'));
  const page: FeedPage = { drafts: [], faults: [], isPartial: damaged.length > 0 };
  for (const { file, table, lines, faults } of tables) {
    const read = readTable(table, mapping, lines);
    addRows(page, { rows: read.rows, faults: [...faults, ...read.faults] }, mapping, file);
  }
  for (const { file, ...read } of records) addRows(page, read, mapping, file);
  for (const { file, reason } of damaged) page.faults.push({ raw: file, reason: `文件“${file}”读不出：${reason}` });
  page.total = page.drafts.length + page.faults.length;
  return page;
}

function addRows(page: FeedPage, { rows, faults }: ReadRows, mapping: Mapping, file: string): void {
  for (const { raw, reason } of faults) {
    page.faults.push({ raw: redactPersonalData(raw).value, reason: `文件“${file}”${reason}` });
  }
  const known = new Set(page.drafts.map(({ sourceItemId }) => sourceItemId));
  for (const group of groupRows(rows, mapping)) {
    try {
      const draft = toDraft(group, mapping, file);
      // One notice in several exports: the first file that has it counts.
      if (known.has(draft.sourceItemId)) continue;
      known.add(draft.sourceItemId);
      page.drafts.push(draft);
    } catch (error) {
      if (!(error instanceof FeedFormatError)) throw error;
      page.faults.push({ raw: JSON.stringify(screened(group[0] ?? {})), reason: error.message });
    }
  }
}

function groupRows(rows: readonly Row[], { group }: Mapping): Row[][] {
  if (!group) return rows.map((row) => [row]);
  const groups = Map.groupBy(rows, (row) => JSON.stringify(group.by.map((column) => row[column] ?? '')));
  return [...groups.values()];
}
