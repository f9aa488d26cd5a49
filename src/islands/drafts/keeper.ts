const PAUSE_MS = 3_000;
const RETRY_MS = 15_000;

/**
 * Keeps what is typed at the server, a few seconds after the last key. When the draft was moved meanwhile, or is written in another window, it
 * stops and says so: nothing is overwritten, and what was typed stays on the page. Whoever leaves with something that is not kept is asked.
 */
export class Keeper {
  readonly #form: HTMLFormElement;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDirty = false;
  #isStopped = false;
  #isSending = false;
  #isLeaving = false;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    form.addEventListener('submit', () => {
      this.#isLeaving = true;
      clearTimeout(this.#timer);
    });
    window.addEventListener('beforeunload', (event) => {
      if (this.#isDirty && !this.#isLeaving) event.preventDefault();
    });
  }

  /** Something was typed. */
  changed(): void {
    this.#isDirty = true;
    if (this.#isStopped) return;
    this.#say('有未保存的内容');
    this.#later(PAUSE_MS);
  }

  #later(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), delay);
  }

  async #keep(): Promise<void> {
    if (this.#isLeaving || this.#isStopped) return;
    if (this.#isSending) return this.#later(PAUSE_MS);
    this.#isSending = true;
    this.#isDirty = false;
    try {
      await this.#send();
    } catch {
      this.#isDirty = true;
      this.#say('连接不上，没有自动保存；恢复后会再试');
      this.#later(RETRY_MS);
    } finally {
      this.#isSending = false;
    }
  }

  async #send(): Promise<void> {
    const {
      revision,
      since,
      act: _act,
      ...values
    } = Object.fromEntries(
      [...new FormData(this.#form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
    const response = await fetch(this.#form.dataset.keep ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ revision: Number(revision), since, values }),
    });
    const answer = (await response.json()) as { at?: string; message?: string; detail?: string };
    if (response.ok && answer.at) {
      this.#field('since').value = answer.at;
      const clock = new Date(answer.at).toLocaleTimeString('zh-CN', { hour12: false, timeZone: 'Asia/Shanghai' });
      return this.#say(`已自动保存 ${clock}`);
    }
    this.#isDirty = true;
    const message = answer.message ?? answer.detail ?? '没有自动保存';
    if (response.status === 409 || response.status === 401) return this.#stop(message);
    this.#say(`没有自动保存：${message}`);
  }

  /** Says that somebody else was here, and touches nothing any more. */
  #stop(message: string): void {
    this.#isStopped = true;
    this.#say('已停止自动保存');
    const place = document.getElementById('conflict');
    if (!place) return;
    place.textContent = `${message}。您在这里输入的内容还在页面上，没有保存，也没有覆盖别人的内容；请先复制需要的部分，再刷新页面。`;
    place.hidden = false;
    place.scrollIntoView({ block: 'nearest' });
  }

  #field(name: string): HTMLInputElement {
    return this.#form.elements.namedItem(name) as HTMLInputElement;
  }

  #say(text: string): void {
    const place = document.getElementById('keeping');
    if (place && place.textContent !== text) place.textContent = text;
  }
}
