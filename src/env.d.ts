declare namespace App {
  interface Locals {
    /** Demonstration data is loaded: every page says so. */
    demo: boolean;
    /** What was put right about the page that was asked; absent where that is not known. */
    clarifications?: readonly import('./domain/articles/views.ts').Clarification[];
    /** What the error page is about. */
    problem?: {
      status: number;
      title: string;
      message: string;
      requestId: string;
      /** What exactly is wrong with what was asked. */
      fields: readonly { name: string; message: string }[];
      /** The address that was asked, with its query. */
      asked: URL;
    };
  }
}
