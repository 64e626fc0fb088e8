import {
  createJSONRPCErrorResponse,
  type JSONRPCErrorResponse,
  type JSONRPCRequest,
  type JSONRPCResponse,
  JSONRPCServer,
} from 'json-rpc-2.0';
import { asFastpyError, type FastpyError, fail } from '../errors.ts';
import type { Method, RequestContext } from '../protocol/methods.ts';
import { isMethod, parseParams, requestShapes } from '../protocol/schemas/requests.ts';
import type { Logger } from '../support/log.ts';
import type { Connection } from './connection.ts';
import type { Limits } from './limits.ts';
import { ProgressThrottle } from './progressThrottle.ts';

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const INVALID_PARAMS = -32602;

/** May be asked before `daemon.hello`, so that a client of any version can look at a daemon and stop it. */
const BEFORE_HELLO: ReadonlySet<string> = new Set(['daemon.hello', 'daemon.status', 'daemon.stop']);

/** Answers one request whose parameters fit. */
export type Answer = (method: Method, params: unknown, context: RequestContext & { readonly connection: Connection }) => Promise<unknown>;

/** Turns messages into calls and results into messages. */
export interface Dispatcher {
  /** How many requests are being worked on. */
  readonly running: number;
  receive(text: string, connection: Connection): Promise<void>;
}

/** A dispatcher that validates every request and lets `answer` do the work. */
export function createDispatcher(options: { answer: Answer; limits: Limits; log: Logger }): Dispatcher {
  const rpc = new JSONRPCServer<Connection>({ errorListener: () => undefined });
  rpc.mapErrorToJSONRPCErrorResponse = (id, error) => errorResponse(id, error);
  rpc.addMethod('$/cancelRequest', (params: { id?: string | number } | undefined, connection) => connection.cancel(params?.id ?? ''));
  // The shapes of the results are for this alone, and need not delay the daemon's start.
  rpc.addMethod('rpc.discover', async () => (await import('../protocol/schemas/openRpc.ts')).openRpcDocument());
  let running = 0;
  for (const method of Object.keys(requestShapes)) {
    if (!isMethod(method)) continue;
    rpc.addMethodAdvanced(method, async (request, connection) => {
      running++;
      try {
        return { jsonrpc: '2.0', id: request.id ?? null, result: await run(request, connection, { ...options, method }) };
      } finally {
        running--;
      }
    });
  }
  return {
    get running() {
      return running;
    },
    receive: async (text, connection) => {
      const response = await respond(rpc, text, { connection, limits: options.limits });
      if (response !== undefined) connection.send(response);
    },
  };
}

interface Running {
  readonly method: Method;
  readonly answer: Answer;
  readonly limits: Limits;
  readonly log: Logger;
}

async function run(request: JSONRPCRequest, connection: Connection, { method, answer, limits, log }: Running): Promise<unknown> {
  const id = checkedId(request, connection);
  if (!connection.isGreeted && !BEFORE_HELLO.has(method)) throw refusal(`say daemon.hello before ${method}`);
  const params = checkedParams(method, request.params);
  const progress = new ProgressThrottle((sent) => connection.notify('$/progress', { request: id, ...sent }), limits.progressIntervalMs);
  const startedAt = performance.now();
  try {
    const signal = connection.begin(id);
    const result = await answer(method, params, { signal, progress: (sent) => progress.update(sent), connection });
    log.info({ method, durationMs: elapsed(startedAt) }, 'answered');
    return result;
  } catch (error) {
    throw logged(asFastpyError(error), { method, durationMs: elapsed(startedAt), log });
  } finally {
    connection.end(id);
    progress.stop();
  }
}

function logged(error: FastpyError, { method, durationMs, log }: { method: Method; durationMs: number; log: Logger }): FastpyError {
  if (error.code === 'INTERNAL') log.error({ method, durationMs, err: error.cause instanceof Error ? error.cause : error }, 'a bug');
  else log.info({ method, durationMs, code: error.code }, 'refused');
  return error;
}

function elapsed(startedAt: number): number {
  return Math.round(performance.now() - startedAt);
}

/** Work of this kind is never done for a notification: nobody could learn how it ended. */
function checkedId(request: JSONRPCRequest, connection: Connection): string | number {
  const { id } = request;
  if (id === undefined || id === null) throw refusal(`${request.method} is a request and needs an id`);
  if (connection.isRunning(id)) throw refusal(`a request with the id ${id} is still running`);
  return id;
}

function checkedParams(method: Method, params: unknown): unknown {
  try {
    return parseParams(method, params);
  } catch (error) {
    throw new Refused(INVALID_PARAMS, asFastpyError(error));
  }
}

function refusal(problem: string): Refused {
  return new Refused(INVALID_REQUEST, fail('USAGE', { problem, help: 'rpc.discover describes every request.' }));
}

/** A request that JSON-RPC itself refuses, with a number of JSON-RPC's own. */
class Refused extends Error {
  readonly rpcCode: number;
  readonly error: FastpyError;

  constructor(rpcCode: number, error: FastpyError) {
    super(error.message);
    this.rpcCode = rpcCode;
    this.error = error;
  }
}

function errorResponse(id: string | number | null, thrown: unknown): JSONRPCErrorResponse {
  if (thrown instanceof Refused) return createJSONRPCErrorResponse(id, thrown.rpcCode, thrown.message, thrown.error.toData());
  const error = asFastpyError(thrown);
  return createJSONRPCErrorResponse(id, error.rpcCode, error.message, error.toData());
}

type Response = JSONRPCResponse | readonly JSONRPCResponse[];

/** json-rpc-2.0 knows no limit for batches, unwraps a batch of one, and stumbles over null: so messages are taken apart here. */
async function respond(
  rpc: JSONRPCServer<Connection>,
  text: string,
  to: { connection: Connection; limits: Limits },
): Promise<Response | undefined> {
  const message = parse(text);
  if (message === undefined) return createJSONRPCErrorResponse(null, PARSE_ERROR, 'the message is not JSON');
  if (!Array.isArray(message)) return respondToOne(rpc, message, to.connection);
  if (message.length === 0 || message.length > to.limits.maxBatch) {
    return createJSONRPCErrorResponse(null, INVALID_REQUEST, `a batch holds 1 to ${to.limits.maxBatch} requests`);
  }
  const responses = await Promise.all(message.map((one) => respondToOne(rpc, one, to.connection)));
  const given = responses.filter((response) => response !== undefined);
  return given.length === 0 ? undefined : given;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function respondToOne(
  rpc: JSONRPCServer<Connection>,
  message: unknown,
  connection: Connection,
): Promise<JSONRPCResponse | undefined> {
  if (!hasId(message)) return createJSONRPCErrorResponse(null, INVALID_REQUEST, 'a request is an object whose id is a text or a number');
  return (await rpc.receive(message as JSONRPCRequest, connection)) ?? undefined;
}

/** True for an object whose id, if it has one, can be an id; json-rpc-2.0 takes any. */
function hasId(message: unknown): message is object {
  if (typeof message !== 'object' || message === null) return false;
  const { id } = message as { id?: unknown };
  return id === undefined || id === null || typeof id === 'string' || typeof id === 'number';
}
