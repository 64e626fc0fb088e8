import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FastpyError, fail } from '../errors.ts';
import { UnresolvedImport } from './moduleGraph.ts';

/** A path as messages have it: relative to the project's root, with slashes. */
export const relativeTo = (root: string, file: string): string => relative(root, file).split(sep).join('/');

const toPath = (text: string): string =>
  text.startsWith('file:') ? fileURLToPath(text.replace(/[?#].*$/, '')) : text.replace(/\?v=\d+$/, '');

/**
 * The nearest place in the project that a stack speaks of. For text that is not TypeScript or not linkable Node puts
 * `file:line` before the stack; otherwise it is the first frame that is the project's own.
 */
function placeIn(stack: string, root: string): { readonly file: string; readonly line: number } | undefined {
  for (const [, text, line] of stack.matchAll(/((?:file:\/\/)?\/[^\s():]*(?:\?v=\d+)?):(\d+)(?::\d+)?\)?$/gm)) {
    const file = toPath(text ?? '');
    if (file.startsWith(root + sep) && !file.includes(`${sep}node_modules${sep}`)) return { file, line: Number(line) };
  }
  return undefined;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : `it threw ${String(error)}`);

/** Where something went wrong that importing a file threw: its nearest place in the project, relative to the root, or else the file. */
export function placeOf(error: unknown, { root, file }: { readonly root: string; readonly file: string }): Place {
  const place = error instanceof UnresolvedImport ? error : placeIn((error instanceof Error && error.stack) || '', root);
  return { file: relativeTo(root, place?.file ?? file), line: place?.line };
}

interface Place {
  readonly file: string;
  readonly line: number | undefined;
}

/** Whatever importing a model threw, as the error that names the model's own line. */
export function loadFailure(error: unknown, context: { readonly root: string; readonly file: string }): FastpyError {
  if (error instanceof FastpyError) return error;
  const location = placeOf(error, context);
  return fail('MODEL_LOAD_FAILED', { ...location, reason: reasonOf(error) }, { cause: error, location });
}
