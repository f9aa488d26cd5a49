import type { Db } from '#db/client.ts';
import type { Intake } from '#src/attachments/intake.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { ArticleDesk } from './articles/desk.ts';
import { AttachmentDesk } from './attachments/desk.ts';
import { BeginningDesk } from './beginnings/desk.ts';
import { StaffDesk } from './desk.ts';
import { TaskDesk } from './disclosure/tasks.ts';
import { DraftDesk } from './drafts/desk.ts';
import type { Department } from './exchange/departments.ts';
import { ExchangeDesk } from './exchange/desk.ts';
import { ExposureDesk } from './exposures/desk.ts';
import { EvidenceDesk } from './exposures/evidence.ts';
import { FeedDesk } from './feeds/desk.ts';
import { FlagDesk } from './flags/desk.ts';
import { FoiDesk } from './foi/desk.ts';
import { FoiEntry } from './foi/entry.ts';
import { ExtensionDesk } from './foi/extensions.ts';
import type { Office } from './foi/issue.ts';
import { FoiLedgers } from './foi/ledgers.ts';
import { HolidayDesk } from './holidays/desk.ts';
import { CaseDesk } from './participation/desk.ts';
import type { CaseKey } from './participation/identity.ts';
import { ReportDesk } from './reports/desk.ts';
import type { Write } from './sign-in.ts';
import type { SignOnSettings } from './sign-on/provider.ts';
import { SignOn } from './sign-on/sign-on.ts';
import { SourceDesk } from './sources/desk.ts';
import { WorkDesk } from './work/desk.ts';

/** What the parts of the console work with. */
export interface ConsoleParts {
  /** For reading. */
  db: Db;
  write: Write;
  /** Key of what failed sign-ins are counted under. */
  key: Buffer;
  /** Whether nobody may anything without one-time passwords. */
  requireSecondFactor: boolean;
  /** What the site is called in apps for one-time passwords. */
  issuer: string;
  /** Address of the public site: keys that are made name it. */
  publicUrl: string;
  /** `host:port` pairs on private addresses that a trial of a source may reach. */
  allowPrivate: readonly string[];
  /** By which due times are counted. */
  calendar: WorkingCalendar;
  /** What opens what the public sent in. */
  caseKey: CaseKey;
  /** Who signs letters on requests for information. */
  office: Office;
  /** What is kept of a receipt code. */
  hashReceipt(code: string): string;
  /** Where files go that are attached to drafts. */
  intake: Intake;
  /** Bytes of one file at most. */
  longestFile: number;
  /** Supervising departments that take entries by their interface. */
  departments: readonly Department[];
  /** Single sign-on; null where the operator has set up none. */
  signOn: (SignOnSettings & { name: string }) | null;
  /** Hears why an answer of single sign-on was not believed. */
  onRefused(error: unknown): void;
}

/**
 * Everything the console does, a part for each subject. A part is a class of its own folder: it gets what it needs of `ConsoleParts`, and
 * each of its methods takes the session first and asks the table of rights itself. Pages get them all as a `Visit`.
 */
export interface Console {
  desk: StaffDesk;
  drafts: DraftDesk;
  /** Published articles. */
  articles: ArticleDesk;
  work: WorkDesk;
  sources: SourceDesk;
  cases: CaseDesk;
  foi: FoiDesk;
  /** Requests that came on paper. */
  foiEntry: FoiEntry;
  extensions: ExtensionDesk;
  foiLedgers: FoiLedgers;
  holidays: HolidayDesk;
  /** What sources bring and somebody has to look at. */
  feeds: FeedDesk;
  attachments: AttachmentDesk;
  /** What drafts are begun from. */
  beginnings: BeginningDesk;
  signOn: SignOn;
  exposures: ExposureDesk;
  /** What entries are proved by. */
  evidence: EvidenceDesk;
  exchange: ExchangeDesk;
  /** Indicators that point at something, and what is decided about them. */
  flags: FlagDesk;
  /** Annual reports. */
  reports: ReportDesk;
  /** The task list of disclosure. */
  tasks: TaskDesk;
}

/** The console of this process. Only the process of the staff role has one. */
export function createConsole(parts: ConsoleParts): Console {
  const drafts = new DraftDesk(parts);
  return {
    desk: new StaffDesk(parts),
    drafts,
    articles: new ArticleDesk(parts, drafts),
    work: new WorkDesk(parts),
    sources: new SourceDesk(parts),
    cases: new CaseDesk(parts),
    foi: new FoiDesk(parts),
    foiEntry: new FoiEntry(parts),
    extensions: new ExtensionDesk(parts),
    foiLedgers: new FoiLedgers(parts),
    holidays: new HolidayDesk(parts),
    feeds: new FeedDesk(parts),
    attachments: new AttachmentDesk(parts),
    beginnings: new BeginningDesk(parts),
    signOn: new SignOn(parts),
    exposures: new ExposureDesk(parts),
    evidence: new EvidenceDesk(parts),
    exchange: new ExchangeDesk(parts),
    flags: new FlagDesk(parts),
    reports: new ReportDesk(parts),
    tasks: new TaskDesk(parts),
  };
}
