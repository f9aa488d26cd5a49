declare namespace App {
  interface Locals {
    /** Demonstration data is loaded: every page says so. */
    demo: boolean;
    /** Does reads that may take long. */
    reader: import('./server/reads/reader.ts').Reader;
    /** Says what would become of an item that a county pushes; absent where pages run without the process that takes pushes. */
    judgeItem?: (
      kind: import('./server/api/sync/schema.ts').PushKind,
      text: string,
      county: import('#src/domain/counties/counties.ts').County,
    ) => Promise<import('./server/api/sync/judgement.ts').Judgement>;
    /** What the error page is about. */
    problem?: { status: number; title: string; message: string; requestId: string };
  }
}
