import fc from 'fast-check';

/** Elements whose start or end tags end others, or that stand outside the policy and are renamed or unwrapped. */
const NESTED = (
  'p div center fieldset legend details summary section article address form button li ul ol menu dir dd dt dl h1 h2 h4 ' +
  'table caption colgroup thead tbody tfoot tr td th a b i u s strike font nobr tt small em strong pre listing xmp blockquote ' +
  'figure figcaption marquee ruby rt rp span q sub ins del textarea dialog hgroup svg math ' +
  'mtext foreignObject noscript x-y'
).split(' ');
/** Elements of which the policy drops content: what a browser does not show either. */
export const DROPPING = ['object', 'applet', 'select', 'option', 'optgroup'];
const VOID = ['<br>', '<hr>', '<input value=填>', '<img src=/a.png alt=图>', '<col>', '<wbr>'];
const ATTRIBUTES: Record<string, string> = { a: ' href=https://a.example/', td: ' colspan=2', th: ' rowspan=2' };

/** Numbers the words of a body, so that each can be found again. */
const count = (markup: string): string => {
  let words = 0;
  return markup.replaceAll('@', () => `字${words++}。`);
};

const leaf = fc.oneof(
  { weight: 5, arbitrary: fc.constant('@') },
  { weight: 1, arbitrary: fc.constantFrom(...VOID, '&#13;', '\n', ' ', '&lt;/div&gt;', '<招标人>') },
);

const element = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...NESTED) },
  { weight: 1, arbitrary: fc.constantFrom(...DROPPING) },
);

/** Well-closed trees of any element in any other: as scripts and editors build them. */
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 7, depthIdentifier: 'body' },
    leaf,
    fc
      .tuple(element, fc.array(tie('tree'), { minLength: 1, maxLength: 4 }))
      .map(([name, inner]) => `<${name}${ATTRIBUTES[name] ?? ''}>${inner.join('')}</${name}>`),
  ),
}));

/** Tags in any order, closed or not: as they arrive from sites that cut and paste. */
const soup = fc
  .array(
    fc.oneof(
      leaf,
      element.map((name) => `<${name}${ATTRIBUTES[name] ?? ''}>`),
      fc.oneof(element, fc.constantFrom('body', 'html')).map((name) => `</${name}>`),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

/** The shape that started it: an element that ends others inside one that is renamed, and words after its end. */
const renamed = fc
  .tuple(
    fc.constantFrom('li', 'dd', 'dt', 'p', 'h2', 'a', 'td', 'option', 'b', 'button'),
    fc.array(
      fc.constantFrom('fieldset', 'center', 'details', 'button', 'textarea', 'svg', 'listing', 'object', 'marquee'),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    fc.constantFrom('li', 'dd', 'dt', 'p', 'h3', 'a', 'td', 'tr', 'table', 'b', 'div'),
    tree,
  )
  .map(([outer, middle, inner, rest]) => {
    const open = middle.map((name) => `<${name}>`).join('');
    const close = middle
      .toReversed()
      .map((name) => `</${name}>`)
      .join('');
    const start = (name: string) => `<${name}${ATTRIBUTES[name] ?? ''}>`;
    return `${start(outer)}@${open}@${start(inner)}@${rest}</${inner}>@${close}@</${outer}>@`;
  });

/** Bodies of every shape, with numbered words `字0。`, `字1。` … */
export const bodyArbitrary: fc.Arbitrary<string> = fc
  .oneof(
    fc.array(tree, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
    soup,
    renamed,
  )
  .map(count);
