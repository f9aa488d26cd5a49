import type { Element, ElementContent, Parents, Properties, Text } from 'hast';
import { withoutInvisible } from '#src/domain/notices/legible.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { ALLOWED_ELEMENTS, DROPPED_ELEMENTS } from './schema.ts';

/** Elements outside the policy that have an equal inside it. */
const RENAMED: Record<string, string> = {
  article: 'div',
  aside: 'div',
  center: 'div',
  address: 'div',
  details: 'div',
  summary: 'div',
  dialog: 'div',
  dir: 'ul',
  fieldset: 'div',
  legend: 'div',
  figure: 'div',
  figcaption: 'div',
  footer: 'div',
  form: 'div',
  header: 'div',
  hgroup: 'div',
  main: 'div',
  menu: 'ul',
  nav: 'div',
  section: 'div',
  marquee: 'div',
  textarea: 'div',
  button: 'div',
  listing: 'pre',
  xmp: 'pre',
  plaintext: 'pre',
  strike: 's',
  tt: 'code',
  kbd: 'code',
  samp: 'code',
};
const POLICY: ReadonlySet<string> = new Set([...ALLOWED_ELEMENTS, ...DROPPED_ELEMENTS]);
const EMPTY: ReadonlySet<string> = new Set(['br', 'col', 'hr', 'image', 'img', 'input']);
const MAX_COLUMNS = 100;
const MAX_ROWS = 500;
const ICON = /(?:^|\/)(?:icon|filetype)[^/]*\.(?:gif|png|jpe?g|svg)(?:\?|$)|fileTypeImages/i;

/**
 * Turns what the policy would lose into what it keeps: other block elements, images (a text link), the values of
 * form fields; resolves links; unwraps elements that carry no meaning. Changes the tree in place.
 */
export function rewriteBody(tree: Parents, baseUrl?: string): void {
  tree.children = rewriteChildren(tree, baseUrl) as typeof tree.children;
}

function rewriteChildren(parent: Parents, baseUrl: string | undefined): ElementContent[] {
  const into: ElementContent[] = [];
  collect(parent, baseUrl, into);
  return into;
}

/** Elements without an equal in the policy leave their content in the list of the parent: nothing is copied for each level. */
function collect(parent: Parents, baseUrl: string | undefined, into: ElementContent[]): void {
  for (const child of parent.children) {
    if (child.type === 'text') into.push({ type: 'text', value: withoutInvisible(child.value) });
    if (child.type !== 'element') continue;
    if (child.tagName === 'select') child.children = selectedOption(child);
    const kept = rewriteElement(child, baseUrl);
    if (kept === 'unwrap') collect(child, baseUrl, into);
    else if (kept?.type === 'element') into.push({ ...kept, children: rewriteChildren(kept, baseUrl) });
    else if (kept) into.push(kept);
  }
}

/** What stands for an element, with its content as it was; `unwrap` when its content does, undefined when nothing does. */
function rewriteElement(element: Element, baseUrl: string | undefined): Element | Text | 'unwrap' | undefined {
  // Inside of drawings and formulas elements that are empty in HTML hold text.
  if (element.children.length > 0 && EMPTY.has(element.tagName)) return 'unwrap';
  switch (element.tagName) {
    case 'span':
    case 'font':
      return 'unwrap';
    case 'img':
    case 'image':
      return imageLink(element.properties, baseUrl);
    case 'input':
      return fieldText(element.properties);
    case 'a':
      return link(element, baseUrl) ?? 'unwrap';
    case 'td':
    case 'th':
      return { ...element, properties: cellProperties(element.properties) };
    default: {
      const tagName = RENAMED[element.tagName] ?? element.tagName;
      return POLICY.has(tagName) ? { ...element, tagName } : 'unwrap';
    }
  }
}

function link(element: Element, baseUrl: string | undefined): Element | undefined {
  const href = toAbsoluteUrl(String(element.properties.href ?? ''), baseUrl);
  return href ? { ...element, properties: { href, rel: ['nofollow', 'noopener', 'ugc'] } } : undefined;
}

/** Bodies load nothing from other sites: an image becomes a link to it; icons and embedded data leave nothing. */
function imageLink(properties: Properties, baseUrl: string | undefined): Element | undefined {
  const source = String(properties.src ?? '');
  const href = ICON.test(source.slice(-2_000)) ? undefined : toAbsoluteUrl(source, baseUrl);
  if (!href || isSpacer(properties)) return undefined;
  const name = withoutInvisible(String(properties.alt ?? '').trim()).slice(0, 80);
  const text = { type: 'text' as const, value: name ? `〔图片：${name}〕` : '〔图片〕' };
  return link({ type: 'element', tagName: 'a', properties: { href }, children: [text] }, baseUrl);
}

function isSpacer(properties: Properties): boolean {
  return [properties.width, properties.height].some((size) => size !== undefined && Number(size) <= 2);
}

/** What a filled-in form field shows. */
function fieldText(properties: Properties): Text | undefined {
  const type = String(properties.type ?? 'text').toLowerCase();
  if (type === 'checkbox' || type === 'radio') {
    return { type: 'text', value: properties.checked ? '☑' : '☐' };
  }
  const value = type === 'text' ? withoutInvisible(String(properties.value ?? '')) : '';
  return value ? { type: 'text', value } : undefined;
}

function selectedOption(select: Element): ElementContent[] {
  const options = select.children.filter((child) => child.type === 'element' && child.tagName === 'option');
  const chosen = options.find((option) => option.type === 'element' && option.properties.selected) ?? options[0];
  return chosen?.type === 'element' ? chosen.children : [];
}

/** Spans within bounds: a hostile `rowspan=65534` makes browsers lay out rows that are not there. */
function cellProperties(properties: Properties): Properties {
  const kept: Properties = { scope: properties.scope };
  for (const [name, limit] of [
    ['colSpan', MAX_COLUMNS],
    ['rowSpan', MAX_ROWS],
  ] as const) {
    const value = Number(properties[name]);
    if (Number.isInteger(value) && value > 1 && value <= limit) kept[name] = value;
  }
  return kept;
}
