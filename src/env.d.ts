declare namespace App {
  interface Locals {
    /** Demonstration data is loaded: every page says so. */
    demo: boolean;
    /** What the error page is about. */
    problem?: { status: number; title: string; message: string; requestId: string };
  }
}
