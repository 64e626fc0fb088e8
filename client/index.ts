/** The public client of a project's daemon: `import { connect } from 'fastpyd/client'`. */

export { FastpyError } from '../src/errors.ts';
export type * from '../src/protocol/methods.ts';
export { type ConnectOptions, connect, FastpyClient, type RequestOptions } from './fastpyClient.ts';
