import { readFileSync } from 'node:fs';
import { eq, getTableName } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  changes,
  exposureCases,
  exposureDraftEvents,
  exposureDrafts,
  exposures,
  exposureVersions,
} from '#db/schema/index.ts';
import { ForbiddenError, InputError, NotFoundError } from '#src/domain/errors.ts';
import { decideExposure } from '#src/domain/exposures/drafts/decide.ts';
import { EXPOSURE_DRAFT_STATE_KEYS } from '#src/domain/exposures/drafts/states.ts';
import { EXPOSURE_DRAFT_EVENTS, exposureTransitionOf } from '#src/domain/exposures/drafts/transitions.ts';
import { ROLE_KEYS } from '#src/domain/staff/roles.ts';
import { ensureConsoleSource } from '#src/publish/console-source.ts';
import { AUDIT_CHECKS } from '#src/server/verify/audit.ts';
import { EXPOSURE_CHECKS } from '#src/server/verify/exposures.ts';
import { verifyInvariants } from '#src/server/verify/verify.ts';
import type { Session } from '#src/staff/sessions.ts';
import { exposureForm } from '#tests/support/exposure-form.ts';
import { StaffRig } from '#tests/support/staff-rig.ts';

let rig: StaffRig;
let clerk: Session;
let supervisor: Session;
let reviewer: Session;

beforeEach(async () => {
  rig = new StaffRig();
  await rig.makeAccount('clerk', ['countyClerk'], 'qufu');
  await rig.makeAccount('supervisor', ['supervisor']);
  await rig.makeAccount('reviewer', ['finalReviewer']);
  [clerk, supervisor, reviewer] = [
    await rig.enter('clerk'),
    await rig.enter('supervisor'),
    await rig.enter('reviewer'),
  ];
});
afterEach(() => rig.close());

const desk = () => rig.console.exposures;
const seen = (id: string) => ({ id, revision: desk().draft(supervisor, id).row.revision });
const act = (
  session: Session,
  id: string,
  event: 'submit' | 'release' | 'returnToAuthor' | 'recall' | 'discard',
  reason = '已核对决定书原件',
) => desk().act(session, seen(id), { event, reason });

async function released(form = exposureForm(), county: 'jining' | 'qufu' = 'jining'): Promise<string> {
  const id = await desk().create(supervisor, county, form);
  await act(supervisor, id, 'submit');
  await act(reviewer, id, 'release');
  return desk().draft(supervisor, id).row.exposureId ?? '';
}

const bytesOf = async function* (text: string) {
  yield Buffer.from(text);
};

describe('what a decision is proved by', () => {
  const evidence = () => rig.console.evidence;
  const attach = (session: Session, id: string, text: string, name = '决定书.txt') =>
    evidence().receive(session, id, name, bytesOf(text));

  test('is attached by who writes, seen by who releases, sealed, and stands at the entry', async () => {
    const id = await desk().create(supervisor, 'jining', exposureForm());
    await attach(supervisor, id, '虚构的决定书全文');
    await attach(supervisor, id, '虚构的送达回证', '送达回证.txt');
    const of = (wanted: string) =>
      desk()
        .draft(reviewer, id)
        .evidence.find(({ name }) => name === wanted);
    const [file, second] = [of('决定书.txt'), of('送达回证.txt')];
    expect(file).toMatchObject({ name: '决定书.txt', who: expect.stringContaining('supervisor'), scan: 'unscanned' });
    await evidence().remove(supervisor, seen(id), second?.sha256 ?? '');
    await act(supervisor, id, 'submit');
    const opened = await evidence().open(reviewer, id, file?.sha256 ?? '');
    expect(readFileSync(opened.path, 'utf8')).toBe('虚构的决定书全文');
    expect(rig.actions().at(-1)).toBe('sealed.read');
    await act(reviewer, id, 'release');
    const { exposureId } = desk().draft(supervisor, id).row;
    expect(desk().entry(supervisor, exposureId ?? '').evidence).toMatchObject([{ sha256: file?.sha256 }]);
    // Sealed: nothing that is published names it.
    const told = JSON.stringify(rig.db.select().from(exposureVersions).all());
    expect(told).not.toContain(file?.sha256);
    // What is public stays as it was released.
    await expect(attach(supervisor, id, '另一份')).rejects.toThrow();
    await expect(evidence().remove(supervisor, seen(id), file?.sha256 ?? '')).rejects.toThrow();
  });

  test('when it changes, it has to be released anew; what is no file of use leaves a reason and nothing else', async () => {
    const id = await desk().create(clerk, 'qufu', exposureForm());
    await act(clerk, id, 'submit');
    const stale = seen(id);
    await attach(clerk, id, '虚构的决定书全文');
    expect(desk().draft(reviewer, id).row.state).toBe('drafting');
    await expect(desk().act(reviewer, stale, { event: 'release', reason: '已核对决定书原件' })).rejects.toThrow();
    await expect(attach(clerk, id, '虚构的决定书全文')).rejects.toThrow(InputError);
    await expect(attach(clerk, id, 'MZ\u0000\u0001', '程序.exe')).rejects.toThrow();
    expect(rig.actions().at(-1)).toBe('exposure.refuseFile');
    expect(desk().draft(clerk, id).evidence).toHaveLength(1);
  });

  test('is nobody else’s: not of another county, not of another post, not by another draft’s address', async () => {
    const id = await desk().create(supervisor, 'jining', exposureForm());
    await attach(supervisor, id, '虚构的决定书全文');
    const sha256 = desk().draft(supervisor, id).evidence[0]?.sha256 ?? '';
    await expect(evidence().open(clerk, id, sha256)).rejects.toThrow(ForbiddenError);
    await expect(attach(clerk, id, '另一份')).rejects.toThrow(ForbiddenError);
    await expect(attach(reviewer, id, '另一份')).rejects.toThrow(ForbiddenError);
    await expect(evidence().remove(clerk, seen(id), sha256)).rejects.toThrow(ForbiddenError);
    const other = await desk().create(clerk, 'qufu', exposureForm({ decisionNo: '虚构财罚〔2026〕77号' }));
    await expect(evidence().open(clerk, other, sha256)).rejects.toThrow(NotFoundError);
  });
});

describe('a draft of an entry', () => {
  test('is public through the pipeline once another person has released it, with its period, version, change and audit', async () => {
    const entry = await released();
    const row = rig.db.select().from(exposures).where(eq(exposures.id, entry)).get();
    expect(row).toMatchObject({ sourceKey: 'jining-console', board: 'exposure', county: 'jining', withheld: false });
    expect(desk().entry(supervisor, entry).entry.state).toBe('inForce');
    expect(rig.db.select().from(changes).all().at(-1)).toMatchObject({ subject: 'exposure', subjectId: entry });
    expect(rig.actions().slice(-3)).toEqual(['exposure.create', 'exposure.submit', 'exposure.release']);
    const checks = await verifyInvariants(rig.db, [...EXPOSURE_CHECKS, ...AUDIT_CHECKS]);
    expect(checks.flatMap(({ examples }) => examples)).toEqual([]);
  });

  test('of general grade ends at the latest a year after the decision; minor is refused without a reason', async () => {
    const id = await desk().create(supervisor, 'jining', exposureForm({ decisionDate: '2026-04-01' }));
    expect(desk().draft(supervisor, id).period).toMatchObject({ until: '2027-04-01', decidedBy: 'grade' });
    expect(desk().draft(supervisor, id).period?.rule).toContain('最长 1 年');
    await desk().save(supervisor, seen(id), exposureForm({ grade: 'minor' }));
    await expect(act(supervisor, id, 'submit')).rejects.toThrow('轻微失信行为原则上不公示');
    expect(rig.db.select().from(exposures).all()).toEqual([]);
    await desk().save(supervisor, seen(id), exposureForm({ grade: 'minor', minorReason: '决定机关要求公示' }));
    await act(supervisor, id, 'submit');
    await act(reviewer, id, 'release');
    expect(desk().draft(supervisor, id).row.state).toBe('released');
  });

  test('says what is missing: the basis above all', async () => {
    const id = await desk().create(
      supervisor,
      'jining',
      exposureForm({ evidence: '', legalBasis: '', decisionNo: '' }),
    );
    await expect(act(supervisor, id, 'submit')).rejects.toThrow(/决定书文号.*处罚依据.*依据材料/);
  });

  test('is judged as every record is: no suspicion, no wrong code, no day to come', async () => {
    for (const [change, message] of [
      [{ violation: '涉嫌串通投标，已立案调查' }, '只有嫌疑'],
      [{ uscc: '91370800MA3C000000' }, '校验不通过'],
      [{ decisionDate: '2036-12-01' }, '今天以后'],
    ] as const) {
      const id = await desk().create(supervisor, 'jining', exposureForm(change));
      await expect(act(supervisor, id, 'submit'), message).rejects.toThrow(message);
    }
  });

  test('is released by nobody who wrote any of it, in whatever order', async () => {
    await rig.makeAccount('both', ['supervisor', 'finalReviewer']);
    const both = await rig.enter('both');
    const id = await desk().create(both, 'jining', exposureForm());
    await act(both, id, 'submit');
    await expect(act(both, id, 'release')).rejects.toThrow('起草或修改过的人不能放行');
    await act(both, id, 'recall');
    await desk().save(supervisor, seen(id), exposureForm({ facts: '由另一人改写。' }));
    await act(supervisor, id, 'submit');
    for (const writer of [both, supervisor])
      await expect(act(writer, id, 'release')).rejects.toThrow('起草或修改过的人不能放行');
    expect(rig.db.select().from(exposures).all()).toEqual([]);
    await act(reviewer, id, 'release');
    expect(rig.db.select().from(exposures).all()).toHaveLength(1);
  });

  test('cannot be made released by one person past the desk either', async () => {
    const id = await desk().create(supervisor, 'jining', exposureForm());
    const { authorId, hash } = desk().draft(supervisor, id).row;
    const force = (columns: string) => () =>
      rig.db.$client.exec(`UPDATE ${getTableName(exposureDrafts)} SET ${columns} WHERE id = '${id}'`);
    expect(force(`state = 'released'`)).toThrow('CHECK');
    expect(force(`releaser_id = '${authorId}', released_hash = '${hash}'`)).toThrow('CHECK');
    const entry = await released(exposureForm({ decisionNo: '济财罚〔2026〕13号' }));
    expect(
      force(`state = 'released', exposure_id = '${entry}', releaser_id = '${authorId}', released_hash = '${hash}'`),
    ).toThrow('CHECK');
    const log = getTableName(exposureDraftEvents);
    for (const sql of [
      `UPDATE ${log} SET reason = ''`,
      `DELETE FROM ${log}`,
      `INSERT OR REPLACE INTO ${log} SELECT * FROM ${log}`,
    ])
      expect(() => rig.db.$client.exec(sql)).toThrow('append-only');
  });

  test('needs the password given a moment ago to be released', async () => {
    const id = await desk().create(supervisor, 'jining', exposureForm());
    await act(supervisor, id, 'submit');
    const late = { ...reviewer, officer: { ...reviewer.officer, isSteppedUp: false } };
    await expect(act(late, id, 'release')).rejects.toThrow('再次输入密码');
  });

  test('is told by whom it was moved, when two act at once; edits after handing it on take it back', async () => {
    const id = await desk().create(supervisor, 'jining', exposureForm());
    const old = seen(id);
    await act(supervisor, id, 'submit');
    await expect(desk().act(reviewer, old, { event: 'release', reason: '已核对' })).rejects.toThrow(
      /supervisor 同志.*送放行/,
    );
    const racing = seen(id);
    const results = await Promise.allSettled([
      desk().act(reviewer, racing, { event: 'release', reason: '已核对' }),
      desk().act(reviewer, racing, { event: 'returnToAuthor', reason: '再核对' }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const other = await desk().create(supervisor, 'jining', exposureForm({ decisionNo: '济财罚〔2026〕14号' }));
    await act(supervisor, other, 'submit');
    await desk().save(supervisor, seen(other), exposureForm({ decisionNo: '济财罚〔2026〕15号' }));
    await expect(act(reviewer, other, 'release')).rejects.toThrow('起草');
  });

  test('keeps no name of a person in any place, released or not', async () => {
    const form = exposureForm({
      subjectType: 'expert',
      partyName: '欧阳明远',
      uscc: '370800199001011234',
      violation: '评标专家欧阳明远私下接触投标人',
      facts: '欧 阳 明 远 与投标人见面。',
      decisionNo: '济财罚〔2026〕20号',
    });
    const id = await desk().create(supervisor, 'jining', form);
    await act(supervisor, id, 'submit');
    await act(reviewer, id, 'release');
    const whole = rig.db.$client.serialize().toString('latin1');
    for (const secret of ['欧阳明远', '欧 阳 明 远', '370800199001011234'])
      expect(whole.includes(Buffer.from(secret).toString('latin1')), secret).toBe(false);
    const [version] = rig.db.select().from(exposureVersions).all();
    expect(version?.content).toContain('欧阳**');
  });

  test('of a decision that another source tells already is refused; by the console itself it is a correction', async () => {
    const entry = await released();
    const again = await released(exposureForm({ decisionNo: '济财罚[2026]第012号', facts: '更正后的事实。' }));
    expect(again).toBe(entry);
    expect(desk().entry(supervisor, entry).entry).toMatchObject({
      state: 'corrected',
      content: { facts: '更正后的事实。' },
    });
    rig.db
      .update(exposures)
      .set({ sourceKey: ensureConsoleSource(rig.db, 'qufu') })
      .run();
    await expect(released(exposureForm({ facts: '第三次。' }))).rejects.toThrow('已由其他来源公示');
  });
});

describe('who may', () => {
  test('every state × event × post × county is what the table says', () => {
    for (const state of EXPOSURE_DRAFT_STATE_KEYS)
      for (const event of EXPOSURE_DRAFT_EVENTS)
        for (const role of ROLE_KEYS)
          for (const county of [null, 'qufu', 'zoucheng'] as const) {
            const { from, roles, guards } = exposureTransitionOf(event);
            const officer = { accountId: 'me', roles: [role], county, hasSecondFactor: true, isSteppedUp: true };
            const authors = guards.includes('isAuthor') ? ['me'] : ['other'];
            const facts = { state, county: 'qufu' as const, authors, faults: [], isWithheld: false };
            const may = roles.includes(role) && county !== 'zoucheng' && from.includes(state);
            expect([state, event, role, county, decideExposure(facts, event, officer, '理由').ok]).toEqual([
              state,
              event,
              role,
              county,
              may,
            ]);
          }
  });

  test('a county’s clerk drafts for the county alone, sees no other’s drafts, and releases nothing', async () => {
    const own = await desk().create(clerk, 'qufu', exposureForm());
    await expect(desk().create(clerk, 'zoucheng', exposureForm())).rejects.toThrow('县区');
    const far = await desk().create(supervisor, 'zoucheng', exposureForm());
    expect(() => desk().draft(clerk, far)).toThrow('县区');
    await expect(desk().save(clerk, { id: far, revision: 1 }, exposureForm())).rejects.toThrow('县区');
    expect(
      desk()
        .list(clerk, undefined)
        .drafts.map(({ id }) => id),
    ).toEqual([own]);
    await desk().act(clerk, seen(own), { event: 'submit', reason: '' });
    await expect(desk().act(clerk, seen(own), { event: 'release', reason: '已核对' })).rejects.toMatchObject({
      status: 403,
    });
    await act(supervisor, own, 'release');
    const entry = desk().draft(clerk, own).row.exposureId ?? '';
    expect(desk().entry(clerk, entry).entry.content.county).toBe('qufu');
  });
});

describe('cases about an entry', () => {
  const receive = (
    exposureId: string,
    kind: 'objection' | 'repair' | 'revocation',
    session = supervisor,
    receivedOn = '2026-03-02',
  ) => desk().openCase(session, { exposureId, kind, receivedOn, ground: '来函〔2026〕5号' });
  const only = (exposureId: string) => {
    const [found] = desk().entry(supervisor, exposureId).cases;
    if (!found) throw new Error('no case');
    return found;
  };

  test('an objection is marked at once, has three working days, seven where others help, and is settled', async () => {
    const entry = await released();
    await receive(entry, 'objection');
    expect(desk().entry(supervisor, entry).entry.state).toBe('underObjection');
    // Monday 2026-03-02: Thursday is the third working day.
    expect(only(entry)).toMatchObject({ dueAt: '2026-03-05T16:00:00.000Z', isDueCertain: true, isExtended: false });
    await desk().extendCase(supervisor, only(entry), '需财政部门协助核实');
    expect(only(entry).dueAt).toBe('2026-03-11T16:00:00.000Z');
    await expect(desk().extendCase(supervisor, only(entry), '再延长')).rejects.toThrow('不能再延长');
    await desk().closeCase(supervisor, only(entry), 'upheld', '复函〔2026〕6号');
    expect(desk().entry(supervisor, entry).entry.state).toBe('inForce');
    expect(only(entry)).toMatchObject({ outcome: 'upheld', decider: 'supervisor 同志' });
  });

  test.each([
    ['repair', 'repaired', 'repaired'],
    ['revocation', 'revoked', 'revoked'],
    ['objection', 'revoked', 'revoked'],
  ] as const)('%s that is %s stops the publication, by a second person alone', async (kind, outcome, state) => {
    const entry = await released();
    await receive(entry, kind);
    await expect(desk().closeCase(supervisor, only(entry), outcome, '决定书〔2026〕7号')).rejects.toThrow('另一人');
    const one = only(entry);
    const force = () =>
      rig.db
        .update(exposureCases)
        .set({ outcome, basis: '自己办结', decidedBy: one.openedBy, decidedAt: rig.now })
        .where(eq(exposureCases.id, one.id))
        .run();
    expect(force).toThrow('CHECK');
    await desk().closeCase(reviewer, one, outcome, '决定书〔2026〕7号');
    expect(desk().entry(supervisor, entry).entry.state).toBe(state);
    const until = rig.db.select().from(exposures).where(eq(exposures.id, entry)).get()?.publicUntil;
    expect(until).toBe(rig.now);
    await expect(desk().closeCase(reviewer, one, outcome, '再办一次')).rejects.toThrow(
      /这件事已由reviewer 同志于 .* 办结/,
    );
    const checks = await verifyInvariants(rig.db, EXPOSURE_CHECKS);
    expect(checks.flatMap(({ examples }) => examples)).toEqual([]);
  });

  test('one of a kind at a time, none from the future, none of another kind’s outcomes', async () => {
    const entry = await released();
    await receive(entry, 'repair');
    await expect(receive(entry, 'repair')).rejects.toThrow('正在办理');
    await expect(receive(entry, 'objection', supervisor, '2026-03-03')).rejects.toThrow('今天以后');
    await expect(desk().closeCase(reviewer, only(entry), 'upheld', '错的结果')).rejects.toThrow();
    await expect(desk().closeCase(reviewer, only(entry), 'constructor', '错的结果')).rejects.toThrow();
  });

  test('stay within the county', async () => {
    const entry = await released();
    await expect(receive(entry, 'objection', clerk)).rejects.toThrow('县区');
    await receive(entry, 'objection');
    await expect(desk().extendCase(clerk, only(entry), '越权')).rejects.toThrow('县区');
    expect(() => desk().entry(clerk, entry)).toThrow('县区');
    expect(desk().entries(clerk, '济财罚〔2026〕12号')).toEqual([]);
    expect(desk().entries(supervisor, '济财罚[2026]12号')).toHaveLength(1);
  });
});
