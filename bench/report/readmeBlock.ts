import type { Result } from '../result.ts';
import { renderSummary } from './tables.ts';

/** The part of the README that the bench writes, with its markers. */
export const BLOCK = /<!-- bench:start -->.*<!-- bench:end -->/s;

/** That part for a result: its chart, its table, and where both come from. */
export function readmeBlock(result: Result, path: string): string {
  return `<!-- bench:start -->
![From one changed column to its migration, by number of tables](${path}.svg)

${renderSummary(result)} [Every figure](${path}.md), [every sample](${path}.json).
<!-- bench:end -->`;
}
