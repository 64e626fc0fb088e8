import { globSync } from 'node:fs';
import { join, matchesGlob, relative, resolve, sep } from 'node:path';
import type { Project } from '../config/project.ts';

const isIgnored = (file: string): boolean => /(?:^|[/\\])node_modules[/\\]|\.d\.[cm]?ts$/.test(file);

/** The model files that the patterns of a project find, relative to its root, sorted. */
export function findModelFiles({ root, config }: Project): string[] {
  const found = new Set<string>();
  for (const entry of globSync([...config.models], { cwd: root, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const file = (path.startsWith(root + sep) ? path.slice(root.length + 1) : relative(root, path)).replaceAll('\\', '/');
    if (!entry.isDirectory() && !isIgnored(file)) found.add(file);
  }
  return [...found].sort();
}

/** Whether the patterns of a project may find a path; only `findModelFiles` knows for sure, since it follows no link to a folder. */
export function mayBeModel({ root, config }: Project, path: string): boolean {
  const file = relative(root, path);
  return !isIgnored(file) && config.models.some((pattern) => matchesGlob(file, relative(root, resolve(root, pattern))));
}
