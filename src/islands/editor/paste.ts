import { parseInert } from './inert.ts';

/** What a paste was cleaned to, and what people should know of it. */
export interface Pasted {
  html: string;
  remarks: string[];
}

const HIDDEN = /(?:^|[;\s])(?:mso-hide\s*:\s*all|display\s*:\s*none|visibility\s*:\s*hidden)/i;
const NUMBER = /^(\d{1,4})[.．、)]?$/;
/** Bullets as word processors write them: a sign, or a letter of a font of signs. */
const BULLET = /^(?:[·•●○■□◆◇▪▫–—\-*\u00a7ØÞüvlnuqo\uf000-\uf0ff]|)$/;

/**
 * Pasted HTML of Word, WPS and others as the schema can take it: paragraphs that look like lists are lists, pictures that only their
 * machine has are marked, deletions of tracked changes, hidden runs and comments are left out. Parsed in a document of its own: nothing in it
 * loads or runs.
 */
export function cleanPasted(html: string): Pasted {
  const body = parseInert(html);
  const dropped = {
    deletions: drop(body.querySelectorAll('del, .msoDel')),
    comments: drop(
      body.querySelectorAll('.MsoCommentReference, .msocomanchor, .msocomtxt, [data-style*="mso-element:comment"]'),
    ),
    hidden: drop([...body.querySelectorAll('[data-style], [hidden]')].filter(isHidden)),
  };
  const pictures = markPictures(body);
  for (const caption of body.querySelectorAll('table > caption')) moveCaption(caption);
  for (const list of listParagraphs(body)) replaceList(list);
  return {
    html: body.innerHTML,
    remarks: [
      ...tell(dropped.deletions, (count) => `粘贴内容含 ${count} 处修订删除，已去掉`),
      ...tell(dropped.hidden, (count) => `粘贴内容含 ${count} 处隐藏文字，已去掉`),
      ...tell(dropped.comments, (count) => `粘贴内容含 ${count} 处批注，已去掉`),
      ...tell(pictures, (count) => `${count} 张图片没有随文字粘贴过来，已在原处标出，请作为附件上传`),
    ],
  };
}

const tell = (count: number, say: (count: number) => string): string[] => (count > 0 ? [say(count)] : []);

/** Takes elements out; those that stand in others of them count with these. */
function drop(elements: Iterable<Element>): number {
  let count = 0;
  for (const element of elements) {
    if (!element.isConnected) continue;
    if ((element.textContent ?? '').trim() !== '' || element.querySelector('img')) count += 1;
    element.remove();
  }
  return count;
}

function isHidden(element: Element): boolean {
  return element.hasAttribute('hidden') || HIDDEN.test(element.getAttribute('data-style') ?? '');
}

/** Word gives the address of a picture on its own machine: nobody else can see it. */
function markPictures(body: HTMLElement): number {
  let count = 0;
  for (const picture of body.querySelectorAll('img')) {
    const mark = picture.ownerDocument.createElement('strong');
    mark.textContent = '〔此处图片未粘贴〕';
    picture.replaceWith(mark);
    count += 1;
  }
  return count;
}

function moveCaption(caption: Element): void {
  const line = caption.ownerDocument.createElement('p');
  line.append(...caption.childNodes);
  caption.closest('table')?.before(line);
  caption.remove();
}

interface Item {
  element: HTMLElement;
  level: number;
  /** As it was shown; '' where the source does not say. */
  marker: string;
}

/** Runs of paragraphs beside each other that word processors show as items of a list, and that a list can show as they did. */
function listParagraphs(body: HTMLElement): Item[][] {
  const runs: Item[][] = [];
  for (const element of body.querySelectorAll<HTMLElement>(
    'p[data-style*="mso-list"], h1[data-style*="mso-list"], h2[data-style*="mso-list"], h3[data-style*="mso-list"], div[data-style*="mso-list"]',
  )) {
    const level = Number(/mso-list\s*:[^;]*?\blevel(\d)/i.exec(element.getAttribute('data-style') ?? '')?.[1]);
    if (!level) continue;
    const marker = takeMarker(element);
    if (!isListMarker(marker)) {
      // A number in words (一、（一）) or of several parts (1.1) would be another in a list: it stays as it reads.
      element.prepend(marker);
      continue;
    }
    const last = runs.at(-1);
    if (last && last.at(-1)?.element === element.previousElementSibling) last.push({ element, level, marker });
    else runs.push([{ element, level, marker }]);
  }
  return runs;
}

const isListMarker = (marker: string): boolean => NUMBER.test(marker) || BULLET.test(marker);

/** The marker that stands before the text of an item; taken out of it. */
function takeMarker(element: HTMLElement): string {
  const marker = [...element.querySelectorAll('[data-style]')].find((span) =>
    /mso-list\s*:\s*ignore/i.test(span.getAttribute('data-style') ?? ''),
  );
  const text = (marker?.textContent ?? '').replace(/[\s\u00a0]+/g, '');
  marker?.remove();
  return text;
}

/** Puts a list in the place of its paragraphs; deeper levels are lists in the item before. */
function replaceList(items: readonly Item[]): void {
  const [first] = items;
  if (!first) return;
  const page = first.element.ownerDocument;
  const open: { list: HTMLElement; level: number; isOrdered: boolean }[] = [];
  for (const { element, level, marker } of items) {
    const number = Number(NUMBER.exec(marker)?.[1]);
    const isOrdered = number > 0;
    while (open.length > 1 && (open.at(-1)?.level ?? 0) > level) open.pop();
    const last = open.at(-1);
    const isDeeper = last !== undefined && level > last.level;
    if (!last || isDeeper || last.isOrdered !== isOrdered) {
      const list = page.createElement(isOrdered ? 'ol' : 'ul');
      if (isOrdered && number > 1) list.setAttribute('start', String(number));
      if (!last) element.before(list);
      else if (isDeeper) (last.list.lastElementChild ?? last.list).append(list);
      else last.list.after(list);
      if (last && !isDeeper) open.pop();
      open.push({ list, level, isOrdered });
    }
    const item = page.createElement('li');
    item.append(...element.childNodes);
    open.at(-1)?.list.append(item);
    element.remove();
  }
}
