/**
 * Lets a form's work be done beside the page from the first key on. Nothing waits for it: a form that is sent before, or from a browser
 * without workers, goes the slower way.
 */
const form = document.querySelector<HTMLFormElement>('form[data-token]');
const field = form?.querySelector<HTMLInputElement>('input[name="work"]');

if (form && field && field.value === '') {
  form.addEventListener(
    'focusin',
    () => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
      worker.addEventListener('message', ({ data }: MessageEvent<string>) => {
        field.value = data;
        worker.terminate();
      });
      worker.postMessage({ token: form.dataset.token, bits: Number(form.dataset.bits) });
    },
    { once: true },
  );
}
