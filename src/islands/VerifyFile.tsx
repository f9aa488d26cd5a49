import { useState } from 'preact/hooks';
import { judgeFile } from '#src/domain/tlog/brought-file.ts';
import type { Finding } from '#src/domain/tlog/verification.ts';
import { getPath } from './get-path.ts';

/** Judges a file that somebody drops or picks, without sending it anywhere. */
export default function VerifyFile() {
  const [finding, setFinding] = useState<Finding | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function judge(file: File | undefined) {
    if (!file) return;
    setBusy(true);
    setFinding(null);
    try {
      setFinding(await judgeFile(getPath, file));
    } catch (error) {
      setFinding({ holds: false, text: `没有核验完：${error instanceof Error ? error.message : String(error)}` });
    } finally {
      setBusy(false);
    }
  }

  return (
    <div class="stack">
      <label
        class="drop"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          judge(event.dataTransfer?.files[0]);
        }}
      >
        把文件拖到这里，或点选文件
        <input class="input" type="file" onChange={(event) => judge(event.currentTarget.files?.[0])} />
      </label>
      <p aria-live="polite">
        {isBusy && '正在核验…'}
        {finding && <span class={finding.holds ? 'verdict holds' : 'verdict fails'}>{finding.text}</span>}
      </p>
    </div>
  );
}
