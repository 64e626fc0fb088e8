/** The licences of the packages whose code is in a bundle, which they ask to be kept with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** One text with the name, the version and the licence of every package that went into these bundles. */
export function notices(bundles: readonly Metafile[]): string {
  const inputs = bundles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  return [...folders]
    .sort()
    .map(noticeOf)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return `${name} ${version} (${license})\n\n${licenceText(join(root, folder)).trim()}\n`;
}

/** Some packages have it as a section of their page. */
function licenceText(folder: string): string {
  const files = readdirSync(folder);
  const file = files.find((each) => /^licen[cs]e/i.test(each));
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8');
  const page = files.find((each) => /^readme/i.test(each));
  return page === undefined ? '' : (/^#+ *licen[cs]e.*/ims.exec(readFileSync(join(folder, page), 'utf8'))?.[0] ?? '');
}
