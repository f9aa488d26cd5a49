import { useEffect, useState } from 'preact/hooks';
import { formatDateTime } from '#src/domain/time/time.ts';
import type { LeafKind } from '#src/domain/tlog/leaf.ts';
import type { Verifiable } from '#src/domain/tlog/subjects.ts';
import { type Finding, type Seen, type Verification, verifyInLog } from '#src/domain/tlog/verification.ts';
import { getPath } from './get-path.ts';

interface Props {
  type: Verifiable;
  id: string;
}

/** Under this the browser keeps the last checkpoint that it has verified. */
const KEPT = 'tongming-log';

const KINDS: Record<LeafKind, string> = {
  publish: '发布',
  restore: '恢复',
  withdraw: '撤回',
  mask: '遮蔽个人信息',
  remove: '依法删除',
  add: '启用密钥',
};

type State =
  /** A click would not be heard yet. */
  | { step: 'loading' }
  | { step: 'idle' }
  | { step: 'busy' }
  | { step: 'failed'; message: string }
  | { step: 'done'; result: Verification };

/** Verifies in the browser what the log tells about one thing. */
export default function VerifyLog({ type, id }: Props) {
  const [state, setState] = useState<State>({ step: 'loading' });
  useEffect(() => setState({ step: 'idle' }), []);

  async function verify() {
    setState({ step: 'busy' });
    try {
      const result = await verifyInLog(getPath, type, id, readSeen());
      if (result.seen) localStorage.setItem(KEPT, JSON.stringify(result.seen));
      setState({ step: 'done', result });
    } catch (error) {
      setState({ step: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  return (
    <div class="stack">
      <button
        type="button"
        class="button"
        onClick={verify}
        disabled={state.step === 'loading' || state.step === 'busy'}
      >
        {state.step === 'busy' ? '正在核验…' : state.step === 'done' ? '再核验一次' : '在我的浏览器里核验'}
      </button>
      <div aria-live="polite" class="stack">
        {state.step === 'failed' && <p class="verdict fails">没有核验完：{state.message}</p>}
        {state.step === 'done' && <Result result={state.result} />}
      </div>
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
      <Witnesses witnesses={result.witnesses} />
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

function Witnesses({ witnesses }: Pick<Verification, 'witnesses'>) {
  if (witnesses.length === 0) {
    return (
      <p>没有独立的见证方：以上只说明本站前后一致，是否给所有人看的是同一本日志，请用另存的检查点或打印件比对。</p>
    );
  }
  return (
    <>
      <p>独立见证方只给从未缩短、从未改写的日志签名。它们的签名已在您的浏览器里核对：</p>
      <ul class="findings">
        {witnesses.map(({ name, at }) => (
          <li key={name}>
            {at
              ? `✓ ${name} 于 ${formatDateTime(at)} 为这个检查点签名`
              : `… ${name} 还没有为这个检查点签名，通常只需几秒`}
          </li>
        ))}
      </ul>
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

function readSeen(): Seen | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Seen | null;
  } catch {
    return null;
  }
}
