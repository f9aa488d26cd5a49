import type { Root } from 'hast';
import { fromParse5 } from 'hast-util-from-parse5';
import { sanitize } from 'hast-util-sanitize';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parseFragment } from '#src/formats/html.ts';
import { levelHeadings } from './headings.ts';
import { dropHidden } from './hidden.ts';
import { rewriteBody } from './rewrite.ts';
import { BODY_SCHEMA } from './schema.ts';
import { type SettledBody, settle } from './settle.ts';
import { toBodyText } from './text.ts';
import { tidyBody } from './tidy.ts';

/**
 * Number of the rules of sanitizing, screening and legibility, stored with each version. Raised whenever stricter rules would leave
 * less of the same content: `redactStored` then holds every stored version against them. A test tells when that is.
 */
export const SANITIZE_POLICY = 2;

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
