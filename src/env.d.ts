declare namespace App {
  interface Locals {
    /** True while demonstration data is loaded: every page says so. Set by the middleware. */
    demo?: boolean;
  }
}
