import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];
/** Colours a text, or leaves it as it is where colour is not wanted. */
export type Paint = (format: Format, text: string) => string;

/** Where a command's words go: results to standard output, everything else to standard error. */
export interface Output {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** For standard output. */
  readonly paint: Paint;
  /** For standard error. */
  readonly paintNote: Paint;
  /** True when a person can be asked and watches standard error. */
  readonly interactive: boolean;
  /** The result of the command: the document with `--json`, else the text; left out with `--quiet`. */
  result(document: object, text: string): void;
  /** A result that `--quiet` keeps too, because it is what was asked for: a URL, SQL. */
  value(document: object, text: string): void;
  /** A remark on standard error, left out with `--quiet`. */
  note(text: string): void;
  /** A remark on standard error that always appears. */
  alert(text: string): void;
}

/** Makes the output of one command from its flags and this process's streams. */
export function createOutput(flags: { json: boolean; quiet: boolean; verbose: boolean }): Output {
  const value = (document: object, text: string) =>
    writeOut(flags.json ? JSON.stringify({ schemaVersion: 1, ...document }, null, 2) : text);
  return {
    ...flags,
    paint: painter(process.stdout),
    paintNote: painter(process.stderr),
    interactive: !flags.json && process.stdin.isTTY === true && process.stderr.isTTY === true,
    value,
    result: (document, text) => (flags.json || !flags.quiet ? value(document, text) : undefined),
    note: (text) => (flags.quiet ? undefined : writeLine(process.stderr, text)),
    alert: (text) => writeLine(process.stderr, text),
  };
}

function writeOut(text: string): void {
  writeLine(process.stdout, text);
}

function writeLine(stream: NodeJS.WriteStream, text: string): void {
  if (text !== '') stream.write(text.endsWith('\n') ? text : `${text}\n`);
}

function painter(stream: NodeJS.WriteStream): Paint {
  const { NO_COLOR, TERM } = process.env;
  const wanted = stream.isTTY === true && !NO_COLOR && TERM !== 'dumb';
  return wanted ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}

/** Every reader of a pipe may leave when it has seen enough (`| head`): that is no error. */
export function endQuietlyOnBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
}
