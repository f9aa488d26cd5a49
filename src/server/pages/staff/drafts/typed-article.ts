import { ARTICLE_CONTENT, type ArticleContent, type ArticleStep } from '#src/domain/articles/content.ts';
import { InputError } from '#src/domain/errors.ts';

type Values = Readonly<Record<string, string>>;

const TEXTS = ['title', 'summary', 'source', 'issuer', 'number', 'keywords', 'page', 'reason'] as const;
/** Empty for none. */
const CHOSEN = ['category', 'issuedOn', 'effectiveOn', 'validity', 'raisedOn', 'answeredOn'] as const;
const STEP_PARTS = ['title', 'holder', 'limit', 'rule', 'risk', 'note'] as const;

/** What was typed into the page of an article, over what it said: what the page has no input for stays. @throws InputError */
export function readTypedArticle(
  values: Values,
  before: ArticleContent,
  common: Pick<ArticleContent, 'bodyHtml' | 'publishAt'>,
): ArticleContent {
  const parsed = ARTICLE_CONTENT.safeParse({
    ...before,
    ...Object.fromEntries(TEXTS.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))),
    ...Object.fromEntries(CHOSEN.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name] || null]]))),
    ...(values.related === undefined ? {} : { related: readRelated(values.related) }),
    ...(values['steps.0.title'] === undefined ? {} : { steps: readSteps(values) }),
    ...(values['media.sha256'] === undefined ? {} : { media: readMedia(values) }),
    ...common,
  });
  if (parsed.success) return parsed.data;
  throw new InputError(parsed.error.issues.map(({ path, message }) => ({ name: path.join('.'), message })));
}

/** Addresses or ids, one a line. @throws InputError for a line that is none */
function readRelated(text: string): string[] {
  const lines = text
    .split(/[\s，,；;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const ids = lines.map((line) => /(?:^|\/)([a-z2-7]{12})\/?$/.exec(line)?.[1]);
  const wrong = lines.find((_, index) => ids[index] === undefined);
  if (wrong !== undefined)
    throw new InputError([{ name: 'related', message: `“${wrong.slice(0, 60)}”不是文章的网址或编号` }]);
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** Rows in which something was typed; those that are blank are left out. */
function readSteps(values: Values): ArticleStep[] {
  const numbers = Object.keys(values).flatMap((name) => {
    const [, row] = /^steps\.(\d{1,2})\.title$/.exec(name) ?? [];
    return row === undefined ? [] : [Number(row)];
  });
  const rows = numbers
    .toSorted((a, b) => a - b)
    .map((row) => STEP_PARTS.map((part): [string, string] => [part, (values[`steps.${row}.${part}`] ?? '').trim()]));
  return rows.filter((row) => row.some(([, text]) => text !== '')).map((row) => Object.fromEntries(row) as ArticleStep);
}

function readMedia(values: Values): ArticleContent['media'] | { [part: string]: unknown } {
  const sha256 = values['media.sha256'] ?? '';
  if (sha256 === '') return null;
  const poster = values['media.poster'] ?? '';
  return {
    ...{ sha256, captions: values['media.captions'] ?? '', poster: poster === '' ? null : poster },
    transcript: (values['media.transcript'] ?? '').replaceAll('\r\n', '\n'),
  };
}
