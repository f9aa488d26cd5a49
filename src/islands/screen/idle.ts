/** Whoever has walked away has done so after this. */
const IDLE_MS = 60_000;

/** Goes back to the first screen when nobody has touched this one for a while, so that the next person begins at the beginning. */
export function returnWhenIdle(): void {
  const home = document.querySelector<HTMLElement>('[data-home]')?.dataset.home;
  const hint = document.querySelector<HTMLElement>('[data-idle]');
  if (!home) {
    // The first screen: only where it stands is forgotten.
    startOver(() => scrollTo(0, 0));
    return;
  }
  if (hint) hint.hidden = false;
  startOver(() => location.replace(home));
}

function startOver(act: () => void): void {
  let timer = window.setTimeout(act, IDLE_MS);
  for (const event of ['pointerdown', 'scroll', 'keydown'] as const) {
    addEventListener(event, () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(act, IDLE_MS);
    });
  }
}
