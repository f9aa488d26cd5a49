import { noticeUrl } from '#src/domain/site/urls.ts';
import type { NoticeVersionView } from '#src/domain/site/views.ts';
import { webDb } from '../db.ts';
import { listHiddenVersions } from '../notices/versions.ts';

/** Of a notice that is not public any more, that it was there, when and why it is gone; undefined at other addresses. */
export function loadHistory({ pathname }: URL): { id: string; versions: NoticeVersionView[] } | undefined {
  const id = pathname.split('/').at(-1) ?? '';
  if (pathname !== noticeUrl(id)) return undefined;
  const versions = listHiddenVersions(webDb(), id);
  return versions.length > 0 ? { id, versions } : undefined;
}
