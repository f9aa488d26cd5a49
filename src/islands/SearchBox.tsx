import type { TargetedInputEvent, TargetedSubmitEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { SEARCH_PATH } from '#src/domain/site/search-path.ts';
import { useInstantResults } from './use-instant-results.ts';

interface Props {
  /** Query of the page's address, without the question mark. */
  query: string;
}

const PAUSE_MS = 250;

/** Parameters of a query that stay when other words are looked for: all but the place in the list. */
function lastingParameters(query: string): [string, string][] {
  return [...new URLSearchParams(query)].filter(([name]) => !['q', 'cursor'].includes(name));
}

/** The first page of a query with other words. */
function urlWithWords(query: string, words: string): URL {
  const url = new URL(SEARCH_PATH, location.origin);
  url.search = query;
  url.searchParams.delete('cursor');
  if (words) url.searchParams.set('q', words);
  else url.searchParams.delete('q');
  if (!words && url.searchParams.get('sort') === 'relevance') url.searchParams.delete('sort');
  return url;
}

/** The island of the search page: a plain GET form that shows results while words are typed. */
export default function SearchBox({ query: initialQuery }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>();
  const { query, latest, busy, failed, total, show } = useInstantResults(initialQuery, field);

  function search(entry: 'typed' | 'step'): void {
    clearTimeout(pause.current);
    const url = urlWithWords(latest.current, field.current?.value.trim() ?? '');
    if (entry === 'step' || url.search.slice(1) !== latest.current) show(url, entry);
  }

  function searchSoon(): void {
    clearTimeout(pause.current);
    pause.current = setTimeout(() => search('typed'), PAUSE_MS);
  }

  function onInput(event: TargetedInputEvent<HTMLInputElement>): void {
    // Words put together by an input method count once they are finished.
    if (event.isComposing) clearTimeout(pause.current);
    else searchSoon();
  }

  function onSubmit(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    search('step');
  }

  useEffect(() => {
    // Not a prop: Preact spells the event of `onCompositionEnd` as no browser does.
    field.current?.addEventListener('compositionend', searchSoon);
    // What was typed before the island woke up.
    search('typed');
  }, []);

  return (
    <form class="search-box" action={SEARCH_PATH} method="get" onSubmit={onSubmit}>
      <label for="q">搜索公告、项目编号、单位名称</label>
      <div class="row">
        <input
          ref={field}
          class="input"
          id="q"
          name="q"
          type="search"
          maxLength={500}
          defaultValue={new URLSearchParams(initialQuery).get('q') ?? ''}
          autocomplete="off"
          enterkeyhint="search"
          aria-describedby="q-hint"
          onInput={onInput}
        />
        <button class="button button-primary" type="submit">
          搜索
        </button>
      </div>
      {lastingParameters(query).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p class="small muted" id="q-hint">
        多个词用空格分开；“引号”内按原文找；词前加减号表示不含，如 监控 -维修；编号可只写一段。
      </p>
      {failed && (
        <p class="note note-warning" role="alert">
          连接不上，没有取到新的结果；下面仍是上一次的结果。恢复连接后会自动再找，也可以再按一次搜索。
        </p>
      )}
      <p class="visually-hidden" role="status">
        {busy ? '正在更新' : total !== undefined && `共 ${total} 条`}
      </p>
    </form>
  );
}
