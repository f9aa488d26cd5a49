import { parsePage } from '#src/formats/html.ts';
import { parseJsonBytes } from '#src/formats/json.ts';
import { parseTitle } from '#src/formats/text.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import type { FeedRequest } from '../../types.ts';
import { findBody, findLargestBlock, listAttachments, readWholePage, requireBody } from '../common/article.ts';
import { assertSuccess } from './answers.ts';
import { readCommon, timeOf } from './drafts.ts';
import type { Scope } from './paths.ts';
import { buildRequest } from './requests.ts';
import type { DetailStep, Settings } from './settings.ts';
import { textOf } from './sources.ts';

/** Steps of the details in their order. */
function stepsOf({ detail }: Settings): DetailStep[] {
  return detail === undefined ? [] : Array.isArray(detail) ? detail : [detail];
}

/** The next page of a draft's details; undefined after the last, and when the row lacks what its address is made of. */
export function nextDetail(draft: NoticeDraft, settings: Settings): FeedRequest | undefined {
  const done = Number(draft.extra.step ?? 0);
  const step = stepsOf(settings)[done];
  const request = step && buildRequest(step.request, { ...rowScope(draft), root: draft.extra.answer });
  if (!request) return undefined;
  // Steps may ask one address with different bodies.
  return { ...request, url: done === 0 ? request.url : `${request.url}#step=${done}` };
}

function rowScope({ extra, url }: NoticeDraft): Scope {
  const variables = { column: String(extra.column ?? ''), ...(url ? { address: url } : {}) };
  return { row: extra.row, parents: [], root: undefined, variables };
}

/** The draft completed from the answer to the request of {@link nextDetail}. @throws FeedFormatError */
export function readDetail(
  bytes: Uint8Array,
  draft: NoticeDraft,
  settings: Settings,
  request: FeedRequest,
): NoticeDraft {
  const done = Number(draft.extra.step ?? 0);
  const steps = stepsOf(settings);
  const step = steps[done];
  if (!step) return draft;
  const isLast = done + 1 === steps.length;
  const read = step.request.expect === 'html' ? readPage : readAnswer;
  const whole = read(bytes, draft, { settings, step, request, isLast });
  return { ...whole, extra: { ...whole.extra, step: done + 1 } };
}

interface Reading {
  settings: Settings;
  step: DetailStep;
  request: FeedRequest;
  isLast: boolean;
}

function readAnswer(bytes: Uint8Array, draft: NoticeDraft, { settings, step, request, isLast }: Reading): NoticeDraft {
  const answer = parseJsonBytes(bytes);
  assertSuccess(answer, step.success);
  // Paths read the answer; `^.name` reads the list's row.
  const scope: Scope = { ...rowScope(draft), row: answer, parents: [draft.extra.row], root: answer };
  const merged = merge(draft, settings, step, scope);
  const html = merged.bodyHtml ?? '';
  const linked = html.includes('<a') ? listAttachments(parsePage(html), 'body', draft.url ?? request.url) : [];
  const attachments = [
    ...merged.attachments,
    ...linked.filter(({ url }) => !merged.attachments.some((file) => file.url === url)),
  ];
  if (isLast && html === '') requireBody(undefined, attachments, parsePage(JSON.stringify(answer).slice(0, 2_000)));
  return { ...merged, attachments, extra: isLast ? draft.extra : { ...draft.extra, answer } };
}

function readPage(bytes: Uint8Array, draft: NoticeDraft, { settings, step, request, isLast }: Reading): NoticeDraft {
  const $ = readWholePage(bytes);
  const scope: Scope = { ...rowScope(draft), row: $.html(), parents: [draft.extra.row] };
  const merged = merge(draft, settings, step, scope);
  const files = listAttachments($, step.selectors.join(',') || 'body', request.url);
  const attachments = [...draft.attachments, ...files];
  const isKnown = step.selectors.length > 0 && $(step.selectors.join(',')).length > 0;
  const body = findBody($, step.selectors) ?? (isKnown ? undefined : findLargestBlock($, draft.title));
  const bodyHtml = isLast && !merged.bodyHtml ? requireBody(body, attachments, $) : (body ?? merged.bodyHtml);
  return { ...merged, bodyHtml, attachments };
}

/** What the detail gives in place of what the list gave. */
function merge(draft: NoticeDraft, settings: Settings, step: DetailStep, scope: Scope): NoticeDraft {
  const { fields, attachments = [], ...rest } = readCommon(settings, scope, step);
  const rawTitle = textOf(step.fields.title, scope);
  const { title } = parseTitle(rawTitle);
  const published = timeOf(step.fields.published, scope);
  return {
    ...draft,
    ...rest,
    ...(title && !/(?:…|\.{3})$/.test(title) ? { title, rawTitle } : {}),
    ...(published ? { published } : {}),
    fields: { ...draft.fields, ...fields },
    attachments: [...draft.attachments, ...attachments],
  };
}
