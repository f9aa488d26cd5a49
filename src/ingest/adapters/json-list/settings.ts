import { z } from 'zod';
import { columnsSchema } from '../common/columns.ts';
import { sourceSchema } from './sources.ts';
import { placeholdersOf } from './templates.ts';

/** Headers that belong to the connection, say who asks, or are ours to set. */
const FORBIDDEN_HEADERS =
  /^(?:cookie2?|set-cookie|authorization|proxy-.*|host|content-length|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|range|if-.*|via|forwarded|x-forwarded-.*|x-real-ip|sec-.*)$/i;

const headersSchema = z.record(
  z
    .string()
    .regex(/^[\w-]+$/, '请求头名称有误')
    .refine((name) => !FORBIDDEN_HEADERS.test(name), '不允许设置这个请求头'),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line end would begin another header
  z.string().regex(/^[^\u0000-\u001f\u007f]*$/, '请求头含控制字符'),
);

const addressSchema = z.string().regex(/^https?:\/\/[^\s/?{}]+(?:[/?]|$|\{\+)/, '应为 http(s) 地址，主机名不能是模板');
/** `{+address}` is the address of the notice as `fields.url` gives it; other details stand at a template. */
const detailAddressSchema = z.union([z.string().regex(/^\{\+[^{}]+\}$/), addressSchema]);

/** A request whose texts are templates: `{page}`, `{column}`, `{from|YYYYMMDD}`. */
const requestShape = {
  url: addressSchema,
  method: z.enum(['GET', 'POST']).optional(),
  /** Parameters in the address. */
  query: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** A JSON body; a text that is just `{page}` stays a number. */
  json: z.json().optional(),
  /** A form; a value that is no plain text goes as JSON. */
  form: z.record(z.string(), z.json()).optional(),
  /** A body as it is. */
  body: z.string().optional(),
  headers: headersSchema.default({}),
  /** `xml`: JSON as text in one XML element. */
  expect: z.enum(['json', 'html', 'xml']).default('json'),
};

const requestSchema = z.strictObject(requestShape);
export type RequestTemplate = z.infer<typeof requestSchema>;

const size = z.number().int().min(1).max(1_000).default(20);

const pagingSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('none') }),
  z.strictObject({
    by: z.literal('page'),
    first: z.number().int().min(0).max(1).default(1),
    size,
    /** The last page that the site answers; slices of days reach further. */
    maximum: z.number().int().min(1).optional(),
  }),
  z.strictObject({ by: z.literal('offset'), size, maximum: z.number().int().min(1).optional() }),
  z.strictObject({
    by: z.literal('cursor'),
    /** Path of the next page's cursor. */
    next: z.string(),
    /** Cursor of the first page. */
    first: z.string().default(''),
    size,
  }),
  /** The address of the next page stands in the answer; only the same site is followed. */
  z.strictObject({ by: z.literal('link'), next: z.string() }),
]);

const successSchema = z.strictObject({
  path: z.string(),
  equals: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1),
  /** Path of the site's own message. */
  message: z.string().optional(),
});

const attachmentsSchema = z.strictObject({
  /** Path of the list of files. */
  rows: z.string(),
  name: sourceSchema.optional(),
  url: sourceSchema,
});

/** Values that the list or the detail may give. */
const commonFields = {
  title: sourceSchema.optional(),
  published: sourceSchema.optional(),
  modified: sourceSchema.optional(),
  url: sourceSchema.optional(),
  originUrl: sourceSchema.optional(),
  body: sourceSchema.optional(),
  county: sourceSchema.optional(),
  projectCode: sourceSchema.optional(),
  lotCode: sourceSchema.optional(),
};

const fieldsSchema = z.strictObject({
  ...commonFields,
  id: sourceSchema,
  title: sourceSchema,
  published: sourceSchema,
  /** Further ids of the same notice. */
  aliases: z.array(sourceSchema).default([]),
  /** Code that `columns` maps; the column that was asked for, when not given. */
  column: sourceSchema.optional(),
  /** Where `columns` does not say it. Values must come out as our own names. */
  category: sourceSchema.optional(),
  stage: sourceSchema.optional(),
});

const detailSchema = z.strictObject({
  request: z.strictObject({ ...requestShape, url: detailAddressSchema }),
  success: successSchema.optional(),
  fields: z.strictObject(commonFields).default({}),
  facts: z.record(z.string().min(1).max(100), sourceSchema).default({}),
  attachments: attachmentsSchema.optional(),
  /** Where the body stands in a page of HTML. */
  selectors: z.array(z.string()).default([]),
});
export type DetailStep = z.infer<typeof detailSchema>;

export const settingsSchema = z
  .strictObject({
    list: z.strictObject({
      ...requestShape,
      /** Address of the first page, where it differs. */ firstUrl: addressSchema.optional(),
    }),
    paging: pagingSchema,
    /** Path of the rows; of several the first where there is a list. */
    rows: z.union([z.string(), z.array(z.string()).min(1)]),
    /** The rows are elements of the HTML text at that path. */
    rowSelector: z.string().optional(),
    total: z.union([z.string(), z.array(z.string())]).optional(),
    pages: z.union([z.string(), z.array(z.string())]).optional(),
    success: successSchema.optional(),
    /** Rows to read: path → values. Others belong to somebody else. */
    only: z.record(z.string(), z.array(z.string()).min(1)).default({}),
    fields: fieldsSchema,
    /** Labels of facts → where their values stand. */
    facts: z.record(z.string().min(1).max(100), sourceSchema).default({}),
    attachments: attachmentsSchema.optional(),
    /** Root that relative addresses start from; the list's site when not given. */
    linkBase: z.url({ protocol: /^https?$/ }).optional(),
    columns: columnsSchema.optional(),
    /** Further values of a column for its request: column → name → value, `{params.name}`. */
    params: z.record(z.string(), z.record(z.string(), z.string())).default({}),
    /** Days of one search, for sites that stop paging deep or ask for a time: `{from}` and `{to}`. */
    sliceDays: z.number().int().min(1).optional(),
    /** First day of the site's history: where a full run in slices starts. */
    historyFrom: z.iso.date().optional(),
    detail: z.union([detailSchema, z.array(detailSchema).min(1).max(3)]).optional(),
    /** A request to make first; its cookies, and headers made of its JSON answer, go with all others to the same site. */
    session: z
      .strictObject({ request: requestSchema, headers: z.record(z.string().regex(/^[\w-]+$/), z.string()).default({}) })
      .optional(),
  })
  .superRefine((settings, context) => {
    const texts = placeholdersOf(textsOf(settings.list).join('\n'));
    const names = new Set(texts.map(({ name }) => name));
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    for (const name of names) {
      if (!REQUEST_NAMES.has(name) && !name.startsWith('params.')) fault('list', `请求模板里的 {${name}} 不认识`);
    }
    const wanted = WANTED[settings.paging.by];
    if (wanted && !wanted.some((name) => names.has(name))) {
      fault('paging', `翻页方式为 ${settings.paging.by}，但请求里没有 ${wanted.map((name) => `{${name}}`).join('、')}`);
    }
    if (settings.sliceDays && !settings.historyFrom) fault('historyFrom', 'sliceDays 需要 historyFrom');
    if (settings.sliceDays && !names.has('from')) fault('sliceDays', '按日切片，但请求里没有 {from}');
    if (!settings.columns && !(settings.fields.category && settings.fields.stage)) {
      fault('columns', '要么给出 columns，要么由 fields.category 和 fields.stage 说明类别和环节');
    }
  });
export type Settings = z.infer<typeof settingsSchema>;

const REQUEST_NAMES = new Set(['page', 'size', 'offset', 'start', 'end', 'cursor', 'column', 'from', 'to']);
const WANTED: Partial<Record<Settings['paging']['by'], string[]>> = {
  page: ['page', 'offset', 'start'],
  offset: ['offset', 'start'],
  cursor: ['cursor'],
};

/** Every text in a value. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
