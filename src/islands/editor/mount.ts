import { mountEditor } from './editor.ts';

/** Puts the editor in the place of the plain field of the page of a draft. */
export function mountBody(): void {
  const field = document.querySelector<HTMLTextAreaElement>('textarea[data-editor]');
  const plain = document.querySelector<HTMLElement>('[data-plain]');
  const remarks = document.getElementById('paste-remarks');
  if (!field || !plain) return;
  plain.remove();
  field.disabled = false;
  field.name = 'bodyHtml';
  mountEditor({
    field,
    label: '正文',
    describedBy: 'body-help',
    onChange: () => field.dispatchEvent(new Event('input', { bubbles: true })),
    onRemarks: (found) => {
      if (!remarks || found.length === 0) return;
      remarks.hidden = false;
      remarks.textContent = `${found.join('；')}。`;
    },
  });
}
