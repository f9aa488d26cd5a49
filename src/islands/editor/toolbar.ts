import { toggleMark } from 'prosemirror-commands';
import type { EditorView } from 'prosemirror-view';
import { TOOLS, type Tool } from './commands.ts';
import { bodySchema } from './schema.ts';
import { toWebAddress } from './web-address.ts';

/** The row of buttons above the text: one stop of the Tab key, arrow keys go on within it (ARIA toolbar pattern). */
export class Toolbar {
  readonly element = document.createElement('div');
  readonly #view: EditorView;
  readonly #buttons: { button: HTMLButtonElement; tool: Tool }[] = [];
  readonly #link: HTMLElement;

  constructor(view: EditorView) {
    this.#view = view;
    this.element.className = 'editor-tools';
    const bar = document.createElement('div');
    bar.setAttribute('role', 'toolbar');
    bar.setAttribute('aria-label', '正文格式');
    bar.setAttribute('aria-controls', view.dom.id);
    bar.className = 'editor-bar';
    for (const tools of TOOLS) bar.append(this.#group(tools));
    this.#link = this.#linkForm();
    bar.append(this.#linkButton());
    bar.addEventListener('keydown', (event) => this.#step(event));
    this.element.append(bar, this.#link);
    this.update();
  }

  /** Shows what is at the selection, and what can be done there. */
  update(): void {
    const { state } = this.#view;
    for (const { button, tool } of this.#buttons) {
      if (tool.isOn) button.setAttribute('aria-pressed', String(tool.isOn(state)));
      button.setAttribute('aria-disabled', String(!tool.run(state)));
    }
  }

  #group(tools: readonly Tool[]): HTMLElement {
    const group = document.createElement('div');
    group.setAttribute('role', 'group');
    group.className = 'editor-group';
    for (const tool of tools) {
      const button = toolButton(tool.face, tool.label, this.#buttons.length === 0);
      button.addEventListener('click', () => this.#run(tool));
      this.#buttons.push({ button, tool });
      group.append(button);
    }
    return group;
  }

  #run({ run }: Tool): void {
    run(this.#view.state, this.#view.dispatch, this.#view);
    this.#view.focus();
  }

  #linkButton(): HTMLElement {
    const button = toolButton('链接', '给选中的文字加链接', false);
    button.setAttribute('aria-expanded', 'false');
    button.addEventListener('click', () => {
      this.#link.hidden = !this.#link.hidden;
      button.setAttribute('aria-expanded', String(!this.#link.hidden));
      if (!this.#link.hidden) this.#link.querySelector('input')?.focus();
    });
    return button;
  }

  #linkForm(): HTMLElement {
    const row = document.createElement('div');
    row.className = 'editor-link';
    row.hidden = true;
    const label = document.createElement('label');
    label.textContent = '链接地址';
    const input = document.createElement('input');
    input.className = 'input';
    input.type = 'url';
    input.placeholder = 'https://';
    label.append(input);
    const say = document.createElement('span');
    say.setAttribute('role', 'status');
    const set = toolButton('确定', '确定链接', true);
    const apply = () => {
      const href = toWebAddress(input.value);
      const isBlank = input.value.trim() === '';
      say.textContent = href || isBlank ? '' : '请写完整的网址，以 http:// 或 https:// 开头';
      if (!href && !isBlank) return;
      const { link } = bodySchema.marks;
      const { from, to, empty } = this.#view.state.selection;
      if (empty) {
        say.textContent = '请先选中要加链接的文字';
        return;
      }
      if (isBlank) this.#view.dispatch(this.#view.state.tr.removeMark(from, to, link));
      else toggleMark(link, { href }, { removeWhenPresent: false })(this.#view.state, this.#view.dispatch);
      row.hidden = true;
      this.#view.focus();
    };
    set.addEventListener('click', apply);
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      apply();
    });
    row.append(label, set, say);
    return row;
  }

  #step(event: KeyboardEvent): void {
    const buttons = [...this.element.querySelectorAll<HTMLButtonElement>('[role="toolbar"] button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 };
    const to = steps[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = buttons[(to + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next?.focus();
  }
}

function toolButton(face: string, label: string, isFirst: boolean): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button editor-tool';
  button.textContent = face;
  button.title = label;
  button.setAttribute('aria-label', label.startsWith(face) ? label : `${face}：${label}`);
  button.tabIndex = isFirst ? 0 : -1;
  // The selection stays where it is while a button is pressed.
  button.addEventListener('mousedown', (event) => event.preventDefault());
  return button;
}
