import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './db/schema/index.ts',
  out: process.env.MIGRATIONS_DIR ?? './db/migrations',
  casing: 'snake_case',
});
