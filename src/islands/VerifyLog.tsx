import { useState } from 'preact/hooks';
import { formatDateTime } from '#src/domain/time/time.ts';
import type { LeafKind } from '#src/domain/tlog/leaf.ts';
import type { Verifiable } from '#src/domain/tlog/subjects.ts';
import {
  type Finding,
  findRecord,
  readVersionFile,
  type Seen,
  type Verification,
  verifyInLog,
} from '#src/domain/tlog/verification.ts';

interface Props {
  type: Verifiable;
  id: string;
}

/** Under this the browser keeps the last checkpoint that it has verified. */
const KEPT = 'tongming-log';
const MAX_FILE_BYTES = 20_000_000;

const KINDS: Record<LeafKind, string> = {
  publish: '发布',
  restore: '恢复',
  withdraw: '撤回',
  mask: '遮蔽个人信息',
  remove: '依法删除',
  add: '启用密钥',
};

type State =
  | { step: 'idle' }
  | { step: 'busy' }
  | { step: 'failed'; message: string }
  | { step: 'done'; result: Verification };

/** Verifies in the browser what the log tells about one thing. */
export default function VerifyLog({ type, id }: Props) {
  const [state, setState] = useState<State>({ step: 'idle' });
  const [brought, setBrought] = useState<Finding | null>(null);

  async function verify() {
    setState({ step: 'busy' });
    setBrought(null);
    try {
      const result = await verifyInLog(getPath, type, id, readSeen());
      if (result.seen) localStorage.setItem(KEPT, JSON.stringify(result.seen));
      setState({ step: 'done', result });
    } catch (error) {
      setState({ step: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  async function compare(file: File | undefined) {
    if (!file || state.step !== 'done') return;
    setBrought(await judgeFile(file, state.result));
  }

  return (
    <div class="stack">
      <button type="button" class="button" onClick={verify} disabled={state.step === 'busy'}>
        {state.step === 'busy' ? '正在核验…' : state.step === 'done' ? '再核验一次' : '在我的浏览器里核验'}
      </button>
      <div aria-live="polite" class="stack">
        {state.step === 'failed' && <p class="verdict fails">没有核验完：{state.message}</p>}
        {state.step === 'done' && <Result result={state.result} />}
      </div>
      {state.step === 'done' && (
        <div class="stack">
          <label>
            对照存下的版本文件（JSON）
            <input
              class="input"
              type="file"
              accept="application/json,.json"
              onChange={(event) => compare(event.currentTarget.files?.[0])}
            />
          </label>
          {brought && (
            <p role="status" class={brought.holds ? 'verdict holds' : 'verdict fails'}>
              {brought.text}
            </p>
          )}
        </div>
      )}
    </div>
  );
}

function Result({ result }: { result: Verification }) {
  const all = [...result.log, ...result.leaves.flatMap(({ findings }) => findings)];
  const holds = all.every((finding) => finding.holds) && result.leaves.length > 0;
  return (
    <>
      <p class={holds ? 'verdict holds' : 'verdict fails'}>{holds ? '核验通过' : '核验没有通过'}</p>
      <Findings findings={result.log} />
      <ol class="leaves">
        {result.leaves.map(({ index, leaf, findings }) => (
          <li key={index}>
            <h3>
              {KINDS[leaf.kind]} · 第 {leaf.version} 版 · {formatDateTime(leaf.at)}
            </h3>
            <Findings findings={findings} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul class="findings">
      {findings.map(({ holds, text }) => (
        <li key={text}>
          {holds ? '✓' : '✗'} <span class="visually-hidden">{holds ? '成立：' : '不成立：'}</span>
          {text}
        </li>
      ))}
    </ul>
  );
}

async function getPath(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} 取不到（${response.status}）`);
  return response;
}

function readSeen(): Seen | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Seen | null;
  } catch {
    return null;
  }
}

async function judgeFile(file: File, result: Verification): Promise<Finding> {
  if (file.size > MAX_FILE_BYTES) return { holds: false, text: '文件太大，不是版本文件' };
  try {
    const record = findRecord(readVersionFile(await file.text()), result.leaves);
    if (!record) return { holds: false, text: '这个文件不是这项内容发布过的任何一个版本，或被改动过' };
    return { holds: true, text: `这个文件就是 ${formatDateTime(record.leaf.at)} 发布的第 ${record.leaf.version} 版` };
  } catch {
    return { holds: false, text: '这不是从本站存下的版本文件' };
  }
}
