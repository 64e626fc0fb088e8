import type { HelloResult, Method, NotificationName, Notifications, ParamsOf, ResultOf } from '../src/protocol/methods.ts';
import type { Channel } from './channel.ts';
import type { Backend, RequestOptions } from './command.ts';
import { type ConnectOptions, connectChannel } from './connect.ts';

export type { ConnectOptions, RequestOptions };

/**
 * Connects to a project's daemon, starting it when none answers and restarting it when it is of another version.
 * @throws DAEMON_UNREACHABLE  when none answers within 20 s, with the last lines of its log
 */
export async function connect(options: ConnectOptions): Promise<FastpyClient> {
  const { channel, hello } = await connectChannel(options);
  return new FastpyClient(channel, hello);
}

/** A connection to a project's daemon: every request and notification of the protocol, typed. Make one with `connect`. */
export class FastpyClient implements Backend {
  /** What the daemon said of itself. */
  readonly hello: HelloResult;
  readonly #channel: Channel;

  constructor(channel: Channel, hello: HelloResult) {
    this.#channel = channel;
    this.hello = hello;
  }

  /**
   * Sends a request and returns the daemon's result. Aborting the signal asks the daemon to cancel; its answer still decides.
   * @throws FastpyError  as the daemon raised it; DAEMON_UNREACHABLE when the connection ends first
   */
  request<M extends Method>(method: M, params: ParamsOf<M>, options: RequestOptions = {}): Promise<ResultOf<M>> {
    return this.#channel.request(method, params, options) as Promise<ResultOf<M>>;
  }

  /** Calls the listener for every notification of a name; the returned function stops that. */
  on<N extends NotificationName>(name: N, listener: (params: Notifications[N]) => void): () => void {
    return this.#channel.on(name, listener as (params: never) => void);
  }

  /** Settles when the connection has ended, whoever ended it. */
  get closed(): Promise<void> {
    return this.#channel.closed;
  }

  /** Ends the connection; requests that are still running go on in the daemon. */
  close(): Promise<void> {
    return this.#channel.close();
  }
}
