import type { Db } from '#db/client.ts';
import { disclosureTasks } from '#db/schema/disclosure.ts';
import { accountActor } from '#src/domain/actors.ts';
import { cellsOf } from '#src/domain/annual-report/cells.ts';
import type { ReportInput } from '#src/domain/annual-report/input.ts';
import { addDays, formatDate, type Instant } from '#src/domain/time/time.ts';
import { listReports } from '#src/publish/annual-report/store.ts';
import { findByLoginName } from '#src/staff/accounts.ts';
import { ReportDesk } from '#src/staff/reports/desk.ts';
import type { Session } from '#src/staff/sessions.ts';

/** The report that is published in the demonstration. */
export const DEMO_REPORT = { year: 2020, form: '2020' } as const;

const REGISTER = '部室登记簿（演示）';
/** Figures of 2020 that have no source in the portal. */
const TEXT_FIGURES: Record<string, { value: number; source: string }> = {
  'text.proposals': { value: 2, source: '提案承办台账（演示）' },
  'text.dailyVisits': { value: 10_000, source: '网站访问统计（演示）' },
  'text.libraryOrganizations': { value: 10_000, source: '投标企业信息库（演示）' },
  'text.interpretations': { value: 3, source: REGISTER },
  'text.trainings': { value: 0, source: REGISTER },
};

/** What people added to the report of 2020: nought in every cell of table two, and words of their own. */
export const DEMO_INPUT: ReportInput = {
  cells: {
    ...Object.fromEntries(
      cellsOf(DEMO_REPORT.form)
        .filter(({ key }) => key.startsWith('two.'))
        .map(({ key }) => [key, { value: 0, source: REGISTER }]),
    ),
    ...TEXT_FIGURES,
  },
  texts: {
    organization:
      '《关于印发2020年济宁市政务公开工作任务分解表的通知》（济政办字〔2020〕31号）印发后，逐项明确了责任部室和完成时间。',
    allocation:
      '《公共资源交易领域基层政务公开标准指引》（发改办法规〔2019〕752号）下达后，配合有关部门编制本市目录，经征求意见，于2020年9月22日印发。',
    problems:
      '一是信用信息互通共享的范围还不够广，将与行业主管部门对接，逐步实现共享。\n二是各行业对项目信息的认定标准不一致，将推动统一信息界定的口径。\n三是意见反馈的处理不够及时，将明确责任人和办理时限，办理结果一律反馈。',
    other: '中心没有下属单位。',
  },
};

const TASKS = [
  {
    name: '公布上一年度政府信息公开工作年度报告',
    owner: '信息公开办公室',
    in: 40,
    basis: '政府信息公开条例第四十九条',
  },
  { name: '修订信息公开指南和主动公开基本目录', owner: '信息公开办公室', in: 75, basis: '政府信息公开条例第十二条' },
  { name: '对县（市、区）交易信息公开情况按月通报', owner: '交易监督岗', in: 20, basis: '监督检查与责任追究制度' },
  {
    name: '核对全部办事指南的办理时限',
    owner: '信息编辑岗',
    in: -12,
    basis: '政务公开工作任务分解表',
    done: '已逐项核对并更新',
  },
] as const;

/** A member of the fictional staff at a moment, with the password just given. */
export function demoSession(db: Db, loginName: string, now: Instant): Session {
  const { id, roles, county, displayName } = findByLoginName(db, loginName);
  return {
    ...{ id: '', hash: '', loginName, displayName },
    officer: { accountId: id, roles, county, hasSecondFactor: true, isSteppedUp: true },
    doer: { actor: accountActor(id), roles, address: '', now },
  };
}

/** Publishes the report of 2020 as the console does, by two people, and enters the task list; where there is none. */
export async function publishDemoReport(db: Db, now: Instant): Promise<void> {
  if (listReports(db).length > 0) return;
  const write = async <Value>(write: (db: Db) => Value) => db.$client.transaction(() => write(db)).immediate();
  const desk = new ReportDesk({ db, write });
  const [writer, publisher] = [demoSession(db, 'gongkai', now), demoSession(db, 'fushen', now)];
  const seen = () => ({ ...DEMO_REPORT, revision: desk.open(writer, DEMO_REPORT).draft?.revision ?? 0 });
  if (desk.open(writer, DEMO_REPORT).draft?.state !== 'submitted') {
    await desk.save(writer, seen(), DEMO_INPUT);
    await desk.submit(writer, seen());
  }
  await desk.publish(
    publisher,
    seen(),
    '表二政府集中采购由集中采购机构填报，本中心不组织集中采购，填 0 件；正文为在本平台公开的信息条数。',
  );
  const authorId = writer.officer.accountId;
  db.insert(disclosureTasks)
    .values(
      TASKS.map((task, at) => {
        const dueOn = formatDate(addDays(now, task.in));
        const done = 'done' in task ? { doneOn: formatDate(addDays(now, task.in - 3)), result: task.done } : {};
        return {
          id: `demo-${at}`,
          name: task.name,
          owner: task.owner,
          basis: task.basis,
          dueOn,
          ...done,
          authorId,
          updatedAt: now,
        };
      }),
    )
    .onConflictDoNothing()
    .run();
}
