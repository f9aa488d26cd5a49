import { achievements, honours, qualifications, staffCertificates } from '#db/schema/index.ts';
import { parseYuan } from '#src/domain/money/money.ts';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { formatDate } from '#src/domain/time/time.ts';

/** Tables of the library blocks 资质、业绩、荣誉、人员. */
type LibraryTable = typeof qualifications | typeof achievements | typeof honours | typeof staffCertificates;

/** The library blocks, by the table that holds them. */
export type BlockKey = LibraryTable['_']['name'];

type Kind = 'text' | 'day' | 'money' | 'surname' | 'url';

interface Field<Column extends string> {
  column: Column;
  kind: Kind;
  headers: readonly string[];
  required?: true;
}

interface BlockOf<Table extends LibraryTable, Column extends string> {
  key: Table['_']['name'];
  table: Table;
  label: string;
  fields: readonly Field<Column>[];
  /** Columns that, with the source and the organization, tell one entry from another. */
  identity: readonly Column[];
}

export type Block = BlockOf<LibraryTable, string>;

/** A block whose columns are its table's. */
const toBlock = <Table extends LibraryTable>(block: BlockOf<Table, keyof Table['$inferSelect'] & string>): Block =>
  block;

const COMMON = [
  { column: 'sourceUrl', kind: 'url', headers: ['来源地址', '查询地址'] },
  { column: 'validFrom', kind: 'day', headers: ['有效期自', '发证日期', '授予日期', '注册日期', '开始日期'] },
  { column: 'validUntil', kind: 'day', headers: ['有效期至', '有效期止', '截止日期'] },
] as const satisfies readonly Field<keyof LibraryTable['$inferSelect']>[];

export const BLOCKS: readonly Block[] = [
  toBlock({
    key: 'qualifications',
    table: qualifications,
    label: '资质',
    fields: [
      { column: 'name', kind: 'text', headers: ['资质名称', '资质类别及等级'], required: true },
      { column: 'grade', kind: 'text', headers: ['资质等级', '等级'] },
      { column: 'certificateNo', kind: 'text', headers: ['证书编号', '资质证书号'] },
      { column: 'issuer', kind: 'text', headers: ['发证机关', '发证单位'] },
      ...COMMON,
    ],
    identity: ['name', 'certificateNo'],
  }),
  toBlock({
    key: 'achievements',
    table: achievements,
    label: '业绩',
    fields: [
      { column: 'name', kind: 'text', headers: ['业绩名称', '业绩项目名称'], required: true },
      { column: 'owner', kind: 'text', headers: ['建设单位', '采购单位', '业主单位'] },
      { column: 'amountFen', kind: 'money', headers: ['合同金额（元）', '合同金额(元)'] },
      { column: 'finishedOn', kind: 'day', headers: ['完成日期', '竣工日期'] },
      ...COMMON,
    ],
    identity: ['name', 'owner', 'finishedOn'],
  }),
  toBlock({
    key: 'honours',
    table: honours,
    label: '荣誉',
    fields: [
      { column: 'name', kind: 'text', headers: ['荣誉名称', '奖项名称'], required: true },
      { column: 'grade', kind: 'text', headers: ['荣誉级别', '级别'] },
      { column: 'issuer', kind: 'text', headers: ['授予单位', '颁发单位'] },
      ...COMMON,
    ],
    identity: ['name', 'issuer', 'validFrom'],
  }),
  toBlock({
    key: 'staff_certificates',
    table: staffCertificates,
    label: '人员',
    fields: [
      // Only the surname is ever kept, also of rows that are refused.
      { column: 'surname', kind: 'surname', headers: ['姓名', '人员姓名'], required: true },
      { column: 'kind', kind: 'text', headers: ['证书类别', '注册类别'], required: true },
      { column: 'specialty', kind: 'text', headers: ['注册专业', '专业'] },
      { column: 'grade', kind: 'text', headers: ['证书等级', '等级'] },
      ...COMMON,
    ],
    identity: ['surname', 'kind', 'specialty', 'grade', 'validFrom'],
  }),
];

export const NAME_HEADERS: readonly string[] = ['企业名称', '单位名称', '机构名称'];
export const CODE_HEADERS: readonly string[] = ['统一社会信用代码', '社会信用代码'];

/** The block whose first required column a table has. */
export function findBlock(headers: readonly string[]): Block | undefined {
  return BLOCKS.find(({ fields }) =>
    fields.some(({ required, headers: own }) => required && own.some((header) => headers.includes(header))),
  );
}

const LONG_SURNAME =
  /^(?:欧阳|上官|司马|诸葛|东方|皇甫|公孙|慕容|令狐|宇文|长孙|司徒|端木|夏侯|尉迟|澹台|公冶|南宫|漆雕|宰父|闾丘|微生|公西|颛孙|壤驷|巫马|公良|司城|东野|乐正|亓官|仲长)/;

/** The surname of a Chinese name: its first character, or two. */
export function surnameOf(name: string): string {
  const plain = name.normalize('NFKC').replace(/\s/g, '');
  return LONG_SURNAME.exec(plain)?.[0] ?? [...plain].slice(0, 1).join('');
}

const READERS: Record<Kind, (text: string) => string | number | undefined> = {
  text: (text) => (text.length <= 300 ? text : undefined),
  surname: (text) => surnameOf(text) || undefined,
  url: (text) => (/^https?:\/\/\S+$/.test(text) && URL.canParse(text) ? text : undefined),
  day: (text) => {
    const time = parseFeedTime(text);
    return time && formatDate(time.instant);
  },
  money: (text) => parseYuan(text.replace(/[,，\s]/g, '')),
};

/** The value of a cell for its column; undefined when it is not of the column's kind. */
export function readCell(kind: Kind, text: string): string | number | undefined {
  return READERS[kind](text);
}
