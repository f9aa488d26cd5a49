/** The parts of JSON Schema that the API document uses. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: readonly (string | number)[];
  const?: string | number | boolean;
  items?: JsonSchema;
  prefixItems?: readonly JsonSchema[];
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  allOf?: readonly JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  additionalProperties?: JsonSchema | boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

/** A type in words, with the component that explains it where there is one. */
export interface TypeText {
  text: string;
  component?: string;
}

const TYPES: Record<string, string> = {
  string: '文本',
  integer: '整数',
  number: '数',
  boolean: '真或假',
  object: '对象',
  array: '数组',
  null: '空',
};
const FORMATS: Record<string, string> = { 'date-time': '时间', date: '日期', uri: '网址', binary: '文件' };

/** What a schema takes, in words for the reader of the API reference. */
export function describeType(schema: JsonSchema): TypeText {
  const { $ref, items, type, format } = schema;
  if ($ref) {
    const component = $ref.split('/').at(-1) ?? '';
    return { text: component, component };
  }
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return joinTypes(choices.map(describeType));
  if (items) {
    const item = describeType(items);
    return { ...item, text: `${item.text} 的数组` };
  }
  if (schema.const !== undefined) return { text: String(schema.const) };
  if (format && FORMATS[format]) return { text: FORMATS[format] };
  const names = [type ?? 'object'].flat().map((name) => TYPES[name] ?? name);
  return { text: names.join('或') };
}

function joinTypes(types: readonly TypeText[]): TypeText {
  const component = types.find((one) => one.component)?.component;
  return { text: [...new Set(types.map(({ text }) => text))].join('或'), ...(component ? { component } : {}) };
}

/** What narrows a value besides its type: the values it may have, its bounds. Empty when nothing does, or the description says it. */
export function describeBounds(schema: JsonSchema): string {
  const { enum: values, minimum, maximum, minLength, maxLength, description = '' } = schema;
  const isExplained = values?.every((value) => description.includes(String(value)));
  const bounds = [
    values && !isExplained && `取值 ${values.join('、')}`,
    minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER && `不小于 ${minimum}`,
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && `不大于 ${maximum}`,
    minLength !== undefined && `至少 ${minLength} 字`,
    maxLength !== undefined && `至多 ${maxLength} 字`,
  ];
  return bounds.filter(Boolean).join('；');
}
