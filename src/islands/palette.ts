/** The command palette of the console (Ctrl-K): finds among the links that the page holds; and the guard of forms not yet sent. */

const dialog = document.querySelector<HTMLDialogElement>('dialog[data-palette]');
const input = dialog?.querySelector('input');
const links = [...(dialog?.querySelectorAll('a') ?? [])];
let chosen = 0;

const shown = (): HTMLAnchorElement[] => links.filter((link) => !link.hidden);

function choose(index: number): void {
  const all = shown();
  chosen = all.length === 0 ? 0 : (index + all.length) % all.length;
  for (const [place, link] of all.entries()) {
    link.toggleAttribute('data-chosen', place === chosen);
    if (place === chosen) link.scrollIntoView({ block: 'nearest' });
  }
  const id = all[chosen]?.id;
  if (id) input?.setAttribute('aria-activedescendant', id);
  else input?.removeAttribute('aria-activedescendant');
}

function filter(): void {
  const words = (input?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  for (const link of links) {
    const text = (link.dataset.words ?? '').toLowerCase();
    link.hidden = !words.every((word) => text.includes(word));
  }
  choose(0);
}

function open(): void {
  if (!dialog || !input || dialog.open) return;
  input.value = '';
  filter();
  dialog.showModal();
  input.focus();
}

document.addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  event.preventDefault();
  open();
});
for (const button of document.querySelectorAll('[data-open-palette]')) {
  (button as HTMLElement).hidden = false;
  button.addEventListener('click', open);
}
input?.addEventListener('input', filter);
input?.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    choose(chosen + (event.key === 'ArrowDown' ? 1 : -1));
  } else if (event.key === 'Enter' && !event.isComposing) {
    event.preventDefault();
    shown()[chosen]?.click();
  }
});

/** Forms that somebody began and has not sent: leaving asks first. */
const begun = new Set<HTMLFormElement>();
for (const form of document.querySelectorAll<HTMLFormElement>('main form[method="post"]:not([data-keep])')) {
  form.addEventListener('input', () => begun.add(form));
  form.addEventListener('submit', () => begun.clear());
}
addEventListener('beforeunload', (event) => {
  if (begun.size > 0) event.preventDefault();
});

/** Rows of a list by keyboard: j and k go down and up, as in mail. */
const rows = [...document.querySelectorAll<HTMLAnchorElement>('[data-rows] a')];
document.addEventListener('keydown', (event) => {
  const isTyping =
    event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || (event.key !== 'j' && event.key !== 'k')) return;
  const place = rows.indexOf(document.activeElement as HTMLAnchorElement);
  rows[event.key === 'j' ? Math.min(place + 1, rows.length - 1) : Math.max(place - 1, 0)]?.focus();
});
