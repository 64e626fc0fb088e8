import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { runChild } from '../support/child.ts';
import { temporaryProject } from '../support/project.ts';
import { waitUntil } from '../support/waitUntil.ts';

/** A bench in small: it holds a folder, and waits for a command that it has started. `$$` of the command goes to the file. */
const bench = (file: string): string => `
  const { endInOrder } = await import(src + '../bench/support/ending.ts');
  const { runTimed } = await import(src + '../bench/support/command.ts');
  const { temporaryFolder } = await import(src + '../bench/support/project.ts');
  endInOrder();
  await using folder = temporaryFolder();
  tell(folder.root);
  await runTimed(['sh', '-c', 'echo $$ >' + ${JSON.stringify(file)} + '; exec sleep 60']).catch(() => undefined);
  tell('went on');
`;

/** A process that has ended may still be listed until somebody asks how it ended. */
const isRunning = (pid: string): boolean => /^[^Z\s]/.test(spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.trim());

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends what a bench has started, removes its folders, and begins nothing new`, async () => {
    const file = temporaryProject().path('pid');
    const child = runChild(bench(file));
    const folder = await child.next<string>();
    await waitUntil('the command runs', () => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'));
    const pid = readFileSync(file, 'utf8').trim();
    assert.ok(isRunning(pid));
    await child.kill(signal);
    await waitUntil('the command has ended', () => !isRunning(pid));
    assert.not.ok(existsSync(folder));
    const said = await child.next<string>().catch(() => 'nothing more');
    assert.is(said, 'nothing more');
  });
}

test.run();
