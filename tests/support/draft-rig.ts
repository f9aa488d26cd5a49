import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { fillIn } from '#scripts/demo/drafts/fill-form.ts';
import { accountActor, commandActor } from '#src/domain/actors.ts';
import { createWorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { type DraftContent, emptyContent } from '#src/domain/drafts/content.ts';
import type { Role } from '#src/domain/staff/roles.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { createAccount } from '#src/staff/accounts.ts';
import { DraftDesk } from '#src/staff/drafts/desk.ts';
import type { ReleaseParts } from '#src/staff/drafts/release.ts';
import type { DraftRow } from '#src/staff/drafts/store.ts';
import type { Session } from '#src/staff/sessions.ts';

export const DRAFT_NOW: Instant = '2026-03-02T01:00:00.000Z';

export const RELEASE_PARTS: ReleaseParts = {
  calendar: createWorkingCalendar(),
  urlOf: (sha256) => `https://portal.example/file/${sha256}`,
};

/** A desk of drafts on a database, and people at it. */
export class DraftRig {
  readonly db: Db;
  readonly desk: DraftDesk;
  now = DRAFT_NOW;

  constructor(db: Db) {
    this.db = db;
    this.desk = new DraftDesk({
      db,
      write: async (write) => db.$client.transaction(() => write(db)).immediate(),
      calendar: RELEASE_PARTS.calendar,
    });
  }

  /** Somebody with posts, signed in. */
  person(roles: Role[], county: County | null = null): Session {
    const loginName = `p${randomUUID().slice(0, 8)}`;
    const machine = { actor: commandActor('test', 'test'), roles: [], address: '', now: this.now };
    const account = createAccount(this.db, machine, { loginName, displayName: `${loginName} 同志`, county, roles });
    const clock = () => this.now;
    return {
      ...{ id: randomUUID(), hash: '', loginName, displayName: account.displayName },
      officer: { accountId: account.id, roles, county, hasSecondFactor: true, isSteppedUp: true },
      doer: {
        ...{ actor: accountActor(account.id), roles, address: '10.0.0.*' },
        get now() {
          return clock();
        },
      },
    };
  }

  /** One of each post of a county (null: of the city). */
  team(county: County | null = null) {
    return {
      author: this.person(['countyClerk'], county),
      editor: this.person(['editor'], county),
      first: this.person(['firstReviewer'], county),
      final: this.person(['finalReviewer'], county),
    };
  }

  /** A whole draft of a call, as it may be sent on. */
  content(more: Partial<DraftContent> = {}): DraftContent {
    const { category = 'procurement', stage = 'tenderNotice' } = more;
    const base = { category, stage, title: '虚构市第一小学图书采购公告', bodyHtml: '<p>补充说明：欢迎参加。</p>' };
    return emptyContent({ ...base, fields: fillIn({ category, stage }, this.now), ...more });
  }

  /** Brings a new draft to where it waits to be released. */
  async approved(county: County, team: ReturnType<DraftRig['team']>, content = this.content()): Promise<DraftRow> {
    const draft = await this.desk.create(team.author, county, content);
    return this.approve(draft, team);
  }

  async approve(draft: DraftRow, { author, editor, first, final }: ReturnType<DraftRig['team']>): Promise<DraftRow> {
    const act = (row: DraftRow, session: Session, event: Parameters<DraftDesk['act']>[2]['event']) =>
      this.desk.act(session, row, { event, reason: '经审核，同意。' });
    const submitted = await act(draft, author, 'submit');
    const determined = await act(submitted, editor, 'determineOpen');
    return act(await act(determined, first, 'approveFirst'), final, 'approveFinal');
  }
}
