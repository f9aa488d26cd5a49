declare namespace App {
  interface Locals {
    /** Demonstration data is loaded: every page says so. */
    demo: boolean;
    /** Does reads that may take long. */
    reader: import('./server/reads/reader.ts').Reader;
    /** What the error page is about. */
    problem?: { status: number; title: string; message: string; requestId: string };
  }
}
