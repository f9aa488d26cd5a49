import { useRef, useState } from 'preact/hooks';

interface Props {
  /** Where the files go, and where one sees what became of them. */
  action: string;
  next: string;
  /** Endings that the picker offers. */
  accept: string;
  /** Bytes of one file at most. */
  longest: number;
}

interface Progress {
  name: string;
  /** 0–1; 1 while it is looked into. */
  share: number;
}

/** Sends one file and tells how far it is. Resolves with why it was not taken, null when it was. */
function send(action: string, file: File, onProgress: (share: number) => void): Promise<string | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.set('file', file);
    request.open('POST', action);
    request.setRequestHeader('accept', 'application/json');
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
    request.addEventListener('error', () => resolve(`《${file.name}》没有传完，请再试一次`));
    request.addEventListener('load', () => {
      const answer: unknown = request.response;
      const isTaken = typeof answer === 'object' && answer !== null && 'refused' in answer;
      if (!isTaken) resolve(`《${file.name}》没有收下（${request.status}）`);
      else resolve(typeof answer.refused === 'string' ? answer.refused : null);
    });
    request.send(form);
  });
}

/** The form for attachments: a plain upload of one file, which takes several and shows how far they are where there is a script. */
export default function UploadForm({ action, next, accept, longest }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [refused, setRefused] = useState<string[]>([]);

  async function sendAll(event: Event): Promise<void> {
    event.preventDefault();
    const why: string[] = [];
    for (const file of picker.current?.files ?? []) {
      if (file.size > longest) {
        why.push(`《${file.name}》超过 ${Math.floor(longest / 1048576)} MB`);
        continue;
      }
      setProgress({ name: file.name, share: 0 });
      const reason = await send(action, file, (share) => setProgress({ name: file.name, share }));
      if (reason !== null) why.push(reason);
    }
    setProgress(null);
    setRefused(why);
    if (why.length === 0) location.assign(next);
  }

  return (
    <form class="stack" action={action} method="post" enctype="multipart/form-data" onSubmit={sendAll}>
      <div class="field">
        <label for="file">添加附件</label>
        <input class="input" id="file" name="file" type="file" ref={picker} accept={accept} multiple required />
      </div>
      <p>
        <button class="button" type="submit" disabled={progress !== null}>
          上传
        </button>
      </p>
      <p role="status" aria-live="polite">
        {progress && (
          <>
            {progress.share < 1 ? '正在上传' : '正在检查'}《{progress.name}》
            <progress max={1} value={progress.share < 1 ? progress.share : undefined} />
          </>
        )}
      </p>
      {refused.length > 0 && (
        <p class="note note-warning" role="alert">
          {refused.join('；')} <a href={next}>刷新列表</a>
        </p>
      )}
    </form>
  );
}
