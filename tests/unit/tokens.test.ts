import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LAYER_ORDER } from '#src/layouts/layer-order.ts';
import { THEME_SCRIPT } from '#src/layouts/theme-script.ts';

const STYLES = join(import.meta.dirname, '../../src/styles');
const tokens = readFileSync(join(STYLES, 'tokens.css'), 'utf8');
const elder = readFileSync(join(STYLES, 'elder.css'), 'utf8');

type Colours = Record<string, string>;

/** The hexadecimal colours that the rule of a selector declares. */
function coloursOf(css: string, selector: string): Colours {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`no rule ${selector}`);
  const rule = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...rule.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG contrast ratio of two colours. */
function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const light = coloursOf(tokens, ':root');
const dark = { ...light, ...coloursOf(tokens, ':root[data-theme="dark"]') };
const SCHEMES: Record<string, { colours: Colours; least: number }> = {
  light: { colours: light, least: 4.5 },
  dark: { colours: dark, least: 4.5 },
  'elder light': {
    colours: { ...light, ...coloursOf(elder, ':root[data-elder]:not([data-theme="dark"])') },
    least: 7,
  },
  'elder dark': { colours: { ...dark, ...coloursOf(elder, ':root[data-elder][data-theme="dark"]') }, least: 7 },
};

const ON_PAGE = ['text', 'muted', 'link', 'brand', 'visited', 'success', 'warning', 'danger'];
const PAIRS: [text: string, background: string][] = [
  ['text', 'surface'],
  ['muted', 'surface'],
  ['text', 'sunken'],
  ['brand', 'brand-soft'],
  ['success', 'success-soft'],
  ['warning', 'warning-soft'],
  ['danger', 'danger-soft'],
  ['on-brand', 'brand'],
  ['mark-text', 'mark'],
];

describe.each(Object.entries(SCHEMES))('%s', (_name, { colours, least }) => {
  test.each(ON_PAGE)('%s reads well on the page', (name) => {
    expect(contrast(colours[name] ?? '', colours.bg ?? '')).toBeGreaterThanOrEqual(least);
  });

  test.each(PAIRS)('%s reads well on %s', (text, background) => {
    expect(contrast(colours[text] ?? '', colours[background] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('series %i of charts stands out', (index) => {
    expect(contrast(colours[`series-${index}`] ?? '', colours.bg ?? '')).toBeGreaterThanOrEqual(3);
  });

  test('control borders stand out', () => {
    expect(contrast(colours.control ?? '', colours.bg ?? '')).toBeGreaterThanOrEqual(3);
  });
});

test('the system’s dark and the chosen dark are the same', () => {
  expect(coloursOf(tokens, ':root:not([data-theme="light"])')).toEqual(coloursOf(tokens, ':root[data-theme="dark"]'));
});

test('raw colours stand in token files only', () => {
  const root = join(STYLES, '..');
  const files = globSync('{components,layouts,pages,styles}/**/*.{astro,css}', { cwd: root }).filter(
    (file) => !/tokens\.css|elder\.css|print\.css/.test(file),
  );
  expect(files.length).toBeGreaterThan(20);
  const raw = /#[0-9a-f]{3,8}\s*[;)]|rgba?\(|hsla?\(/i;
  expect(files.filter((file) => raw.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

test('what stands inline on every page is small and on one line', () => {
  expect(Buffer.byteLength(THEME_SCRIPT)).toBeLessThanOrEqual(1024);
  expect(THEME_SCRIPT + LAYER_ORDER).not.toMatch(/\n|<\//);
});
