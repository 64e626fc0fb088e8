import { styleText } from 'node:util';
import { once } from './once.ts';

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
  const out = endingQuietly(process.stdout);
  // Opening a stream costs a start its time, and most commands have no remark to make and nothing to ask.
  const err = once(() => endingQuietly(process.stderr));
  const value = (document: object, text: string) =>
    writeLine(out, flags.json ? JSON.stringify({ schemaVersion: 1, ...document }, null, 2) : text);
  return {
    ...flags,
    paint: painter(out),
    paintNote: (format, text) => painter(err())(format, text),
    get interactive() {
      return !flags.json && process.stdin.isTTY === true && process.stderr.isTTY === true;
    },
    value,
    result: (document, text) => (flags.json || !flags.quiet ? value(document, text) : undefined),
    note: (text) => (flags.quiet ? undefined : writeLine(err(), text)),
    alert: (text) => writeLine(err(), text),
  };
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
function endingQuietly(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
}
