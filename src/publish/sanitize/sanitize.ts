import type { Element, Nodes, Parents, Root } from 'hast';
import { fromParse5 } from 'hast-util-from-parse5';
import { sanitize } from 'hast-util-sanitize';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parseFragment } from '#src/formats/html.ts';
import { rewriteBody } from './rewrite.ts';
import { BODY_SCHEMA } from './schema.ts';
import { type SettledBody, settle } from './settle.ts';
import { toBodyText } from './text.ts';
import { tidyBody } from './tidy.ts';

/** Text below this size cannot be read: seal placeholders stand at 0.001px (docs/feeds.md#epoint-details). */
const SMALLEST_PX = 2;
const PX_PER_UNIT: Record<string, number> = { px: 1, '': 1, pt: 4 / 3, mm: 3.78, cm: 37.8, em: 16, rem: 16, '%': 0.16 };

/** A tree without the elements and texts that the source itself does not show. Changes the tree in place. */
function dropHidden(tree: Parents): void {
  prune(tree, false);
}

function prune(parent: Parents, parentTiny: boolean): void {
  parent.children = (parent.children as Nodes[]).filter((child) => {
    if (child.type === 'text') return !parentTiny;
    if (child.type !== 'element') return true;
    if (isHidden(child)) return false;
    prune(child, inheritsTiny(child, parentTiny));
    return true;
  }) as typeof parent.children;
}

function styleOf(element: Element): string {
  const style = element.properties.style;
  return typeof style === 'string' ? style.slice(0, 4_000) : '';
}

function isHidden(element: Element): boolean {
  const { properties } = element;
  if (properties.hidden !== undefined && properties.hidden !== false) return true;
  if (element.tagName === 'input' && String(properties.type).toLowerCase() === 'hidden') return true;
  const style = styleOf(element);
  if (/(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)/i.test(style))
    return true;
  return /(?:^|[;\s])opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)/i.test(style) || isZeroBox(style);
}

/** Nothing shows of a box of no size that cuts what overflows. */
function isZeroBox(style: string): boolean {
  const zero = /(?:^|[;\s])(?:max-)?(?:width|height)\s*:\s*0(?:\.\d*)?(?:px|pt)?\s*(?:;|$|!)/i;
  return zero.test(style) && /overflow\s*:\s*hidden/i.test(style);
}

/** Font sizes are inherited, so an inner readable size undoes an outer zero (a common trick for inline blocks). */
function inheritsTiny(element: Element, parentTiny: boolean): boolean {
  const match = /(?:^|[;\s])font-size\s*:\s*(\d*\.?\d+)\s*(px|pt|mm|cm|em|rem|%|)/i.exec(styleOf(element));
  if (!match) return parentTiny;
  const unit = (match[2] ?? '').toLowerCase();
  if (parentTiny && (unit === 'em' || unit === '%')) return true;
  return Number(match[1]) * (PX_PER_UNIT[unit] ?? 1) < SMALLEST_PX;
}

const HEADING = /^h([1-6])$/;
/** Level of a body's first heading: the page's own heading of the body is one above. */
const FIRST_LEVEL = 3;
const LAST_LEVEL = 6;

/**
 * Gives the headings of a body levels from `h3` on without gaps, in the order they rank in the source: a text that
 * begins with `h4` begins with `h3` here. Changes the tree in place.
 */
function levelHeadings(tree: Root): void {
  levelBelow(tree, []);
}

/** @param above levels in the source of the headings that the next one may stand below. */
function levelBelow(parent: Parents, above: number[]): void {
  for (const child of parent.children) {
    if (child.type !== 'element') continue;
    const level = Number(HEADING.exec(child.tagName)?.[1]);
    if (level) {
      while ((above.at(-1) ?? 0) >= level) above.pop();
      child.tagName = `h${Math.min(FIRST_LEVEL + above.length, LAST_LEVEL)}`;
      above.push(level);
    }
    levelBelow(child, above);
  }
}

/**
 * Number of the rules of sanitizing, screening and legibility, stored with each version. Raised whenever stricter rules would leave
 * less of the same content: `redactStored` then holds every stored version against them. A test tells when that is.
 */
export const SANITIZER_VERSION = 2;

/** `5.0<COP≤5.2，COP>5.4`: a tag to parsers, but no element has such a name. */
const COMPARISON = /<(?=[A-Za-z][A-Za-z0-9:._-]*[^\p{ASCII}])/gu;

/**
 * A hostile body as HTML of the allow-list and as plain text (one line for each block, tabs between cells).
 * Made once from the raw body, never from its own result. `baseUrl` resolves relative links.
 * @throws FeedFormatError when the body is too large or too deeply nested to be read.
 */
export function sanitizeBody(html: string, baseUrl?: string): { html: string; text: string } {
  const shown = sanitizedBody(html, baseUrl, true);
  const text = toBodyText(shown.tree);
  if (text !== '') return { html: shown.html, text };
  // A page that shows its whole text by script only hides it in the markup: hidden text is better than none.
  const whole = sanitizedBody(html, baseUrl, false);
  return { html: whole.html, text: toBodyText(whole.tree) };
}

function sanitizedBody(html: string, baseUrl: string | undefined, withoutHidden: boolean): SettledBody {
  const raw = fromParse5(parseFragment(html.replace(COMPARISON, '&lt;'))) as Root;
  if (withoutHidden) dropHidden(raw);
  return settle(cleanTree(raw, baseUrl), cleanTree);
}

/** The tree within the policy, tidy, with headings below those of the page. Links of a clean tree need no base. */
function cleanTree(raw: Root, baseUrl?: string): Root {
  rewriteBody(raw, baseUrl);
  const clean = applyPolicy(raw);
  tidyBody(clean);
  levelHeadings(clean);
  return clean;
}

function applyPolicy(tree: Root): Root {
  try {
    return sanitize(tree, BODY_SCHEMA) as Root;
  } catch (error) {
    // Table parts outside a table are unwrapped by the library, which overflows when one holds very many nodes.
    if (error instanceof RangeError) throw new FeedFormatError('正文里不在表格中的单元格过多，无法处理');
    throw error;
  }
}

const PROBES = [
  '<p onclick="x()">文本</p>',
  '<script>x()</script>文本',
  '<a href="javascript:x()">文本</a>',
  '<a href="//evil.example/">文本</a>',
  '<svg><style><img src=x onerror=x()></style></svg>文本',
  '<form id="a"><input name="b"></form><iframe srcdoc="x"></iframe><p style="position:fixed" class="c">文本</p>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=x()&gt;">文本',
];
const FORBIDDEN = /<(?!\/?(?:p|div|br|table|tbody|tr|td)>)|script|javascript:|evil|on(?:error|click)=|style=|class=/i;

/**
 * Proves at start-up that the sanitiser works in this process: hostile probes lose everything active, legal text
 * loses nothing. @throws Error naming the probe that failed; the process must then not start.
 */
export function assertSanitizerWorks(): void {
  for (const probe of PROBES) {
    const { html, text } = sanitizeBody(probe);
    if (FORBIDDEN.test(html) || !text.includes('文本'))
      throw new Error(`sanitiser self-test failed: ${probe} → ${html}`);
  }
  const legal = '工期<90日历天，<招标人名称>某局&lt;b&gt;';
  if (sanitizeBody(`<p>${legal}</p>`).text !== '工期<90日历天，<招标人名称>某局<b>') {
    throw new Error(`sanitiser self-test failed: ${legal}`);
  }
}
