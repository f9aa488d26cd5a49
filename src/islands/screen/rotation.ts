/** How long a slide stays; a glance from five metres reads it in this. */
const SLIDE_MS = 15_000;
const REFRESH_LIMIT_MS = 10_000;

/**
 * Shows one slide of the wall screen after another, for weeks: nothing is kept from one round to the next. After each round the page
 * asks for itself anew; while that fails it goes on with what it has and says of when that is.
 */
export function rotate(): void {
  const root = document.documentElement;
  const pause = document.querySelector<HTMLButtonElement>('#pause');
  let at = 0;
  let timer = 0;

  const show = (next: number) => {
    const slides = document.querySelectorAll<HTMLElement>('#board .slide');
    at = slides.length === 0 ? 0 : next % slides.length;
    slides.forEach((slide, index) => {
      slide.toggleAttribute('data-current', index === at);
    });
    showClock();
    return slides.length;
  };
  const turn = async () => {
    const isRoundOver = show(at + 1) > 0 && at === 0;
    if (isRoundOver) {
      await refresh();
      show(0);
    }
    timer = window.setTimeout(turn, SLIDE_MS);
  };
  root.toggleAttribute('data-rotating', true);
  show(0);
  timer = window.setTimeout(turn, SLIDE_MS);
  if (!pause) return;
  pause.hidden = false;
  pause.addEventListener('click', () => {
    const isPaused = pause.getAttribute('aria-pressed') === 'true';
    window.clearTimeout(timer);
    if (isPaused) timer = window.setTimeout(turn, SLIDE_MS);
    pause.setAttribute('aria-pressed', String(!isPaused));
    pause.textContent = isPaused ? '暂停' : '继续';
  });
}

/** Puts what the site says at the moment in the place of the slides. */
async function refresh(): Promise<void> {
  const root = document.documentElement;
  try {
    const response = await fetch(location.pathname, { signal: AbortSignal.timeout(REFRESH_LIMIT_MS) });
    if (!response.ok) throw new Error(String(response.status));
    const next = new DOMParser().parseFromString(await response.text(), 'text/html');
    // Another version of the site has other styles and scripts.
    if (sheetsOf(next) !== sheetsOf(document)) return location.reload();
    const [old, fresh] = [document.querySelector('#board'), next.querySelector('#board')];
    const [oldTime, freshTime] = [document.querySelector('#as-of'), next.querySelector('#as-of')];
    if (!old || !fresh || !oldTime || !freshTime) throw new Error('no board');
    old.replaceChildren(...fresh.childNodes);
    oldTime.textContent = freshTime.textContent;
    root.toggleAttribute('data-offline', false);
  } catch {
    const time = document.querySelector('#as-of');
    if (time && !root.hasAttribute('data-offline')) time.textContent = `网络中断，${time.textContent}`;
    root.toggleAttribute('data-offline', true);
  }
}

const sheetsOf = (page: Document): string =>
  [...page.querySelectorAll('link[rel=stylesheet], script[src]')]
    .map((element) => element.getAttribute('href') ?? element.getAttribute('src'))
    .join(' ');

const CLOCK = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
  ...({ weekday: 'long', hour: '2-digit', minute: '2-digit' } as const),
});

function showClock(): void {
  const clock = document.querySelector('#clock');
  if (clock) clock.textContent = CLOCK.format(new Date());
}
