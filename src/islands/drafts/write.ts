import { createWorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { type FilledForm, fillForm, inList } from '#src/domain/drafts/form/check.ts';
import { formOf, type NoticeForm } from '#src/domain/drafts/form/forms.ts';
import { checkLimits } from '#src/domain/drafts/form/limits.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { Keeper } from './keeper.ts';

const PREFIX = 'f.';
const CHECK_MS = 400;
const calendar = createWorkingCalendar();
const STATES = { met: '符合', breached: '不足', unknown: '待定' } as const;

/** The page of a draft while somebody writes: what is typed is checked as the server checks it, kept every few seconds, and not left by mistake. */
export function watchWriting(): void {
  const form = document.querySelector<HTMLFormElement>('form#write');
  const [category, stage] = [
    CATEGORY_SLUGS.find((slug) => slug === form?.dataset.category),
    STAGE_SLUGS.find((slug) => slug === form?.dataset.stage),
  ];
  if (!form || !category || !stage) return;
  const keeper = new Keeper(form);
  const notice = formOf(category, stage);
  let due: ReturnType<typeof setTimeout>;
  const touched = new Set<string>();
  form.addEventListener('input', (event) => {
    const name = (event.target as HTMLInputElement).name ?? '';
    if (name.startsWith(PREFIX)) touched.add(name.slice(PREFIX.length));
    keeper.changed();
    clearTimeout(due);
    due = setTimeout(() => show(form, notice, touched), CHECK_MS);
  });
  for (const rows of form.querySelectorAll<HTMLElement>('[data-rows]')) offerRows(rows);
}

/** Shows what is wrong at the inputs that were typed in, and what is still open below. */
function show(form: HTMLFormElement, notice: NoticeForm, touched: ReadonlySet<string>): void {
  const values = Object.fromEntries(
    [...new FormData(form)].flatMap(([name, value]) =>
      name.startsWith(PREFIX) && typeof value === 'string' ? [[name.slice(PREFIX.length), value]] : [],
    ),
  );
  const filled = fillForm(notice, values);
  showFaults(form, filled, touched);
  showOpen(notice, filled);
  showLimits(notice, filled, values);
}

function showFaults(form: HTMLFormElement, { faults }: FilledForm, touched: ReadonlySet<string>): void {
  const told = faults.filter(({ name, kind }) => kind === 'wrong' && isTouched(name, touched));
  for (const place of form.querySelectorAll<HTMLElement>('[data-field]')) {
    const key = place.dataset.field ?? '';
    const own = told.filter(({ name }) => name.split('.')[0] === key);
    const line = place.querySelector<HTMLElement>('[data-fault]');
    const text = own.map(({ message }) => message).join('；');
    if (line && line.textContent !== text) line.textContent = text;
    if (line) line.hidden = own.length === 0;
    for (const input of place.querySelectorAll<HTMLInputElement>('[name]')) {
      const isWrong = own.some(({ name }) => `${PREFIX}${name}` === input.name);
      if (isWrong) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    }
  }
}

/** A range is told of when one of its ends was typed. */
function isTouched(name: string, touched: ReadonlySet<string>): boolean {
  const key = name.split('.')[0] ?? '';
  return [...touched].some((each) => each === name || each.split('.')[0] === key);
}

function showOpen(notice: NoticeForm, { faults }: FilledForm): void {
  const list = document.getElementById('open');
  const count = document.getElementById('open-count');
  const title = document.querySelector<HTMLInputElement>('input#title');
  const isTitled = (title?.value.trim().length ?? 0) >= 2;
  const all = [...(isTitled ? [] : [{ name: '', message: '请填写标题' }]), ...inList(notice, faults)];
  if (count) count.textContent = String(all.length);
  list?.replaceChildren(
    ...all.map(({ name, message }) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.className = 'tap';
      link.href = name === '' ? '#title' : `#${PREFIX}${name}`;
      link.textContent = message;
      item.append(link);
      return item;
    }),
  );
}

function showLimits(form: NoticeForm, filled: FilledForm, values: Record<string, string>): void {
  const publishedAt = new Date().toISOString();
  const limits = checkLimits({ form, filled, values, publishedAt, calendar });
  document.getElementById('limits')?.replaceChildren(
    ...limits.map(({ state, text, note }) => {
      const item = document.createElement('li');
      item.dataset.state = state;
      const word = document.createElement('strong');
      word.textContent = STATES[state];
      item.append(word, ` ${text}${note ? `（${note}）` : ''}`);
      return item;
    }),
  );
  const none = document.getElementById('no-limits');
  if (none) none.hidden = limits.length > 0;
}

/** A button that adds a blank row in place, where without script the page comes again with more. */
function offerRows(rows: HTMLElement): void {
  const button = rows.querySelector<HTMLButtonElement>('[data-add-row]');
  button?.addEventListener('click', (event) => {
    event.preventDefault();
    const body = rows.querySelector('tbody');
    const last = body?.querySelector('tr:last-child');
    if (!body || !last) return;
    const number = body.children.length;
    const row = last.cloneNode(true) as HTMLElement;
    for (const input of row.querySelectorAll('input')) {
      input.value = '';
      input.removeAttribute('value');
      input.removeAttribute('aria-invalid');
      input.name = input.name.replace(/\.\d+\./, `.${number}.`);
      input.id = input.name;
      input.setAttribute('aria-label', (input.getAttribute('aria-label') ?? '').replace(/\d+/, String(number + 1)));
    }
    body.append(row);
    row.querySelector('input')?.focus();
  });
}
