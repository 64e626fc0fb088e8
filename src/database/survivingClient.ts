import pg from 'pg';

const { connect } = pg.Client.prototype;

/**
 * Every client of pg in this process hears its own errors. slonik's driver connects one for the types without listening, and stops
 * listening to one that could not connect; a connection cut in that moment would end the whole process, since nobody hears the event.
 * What was asked of the client is refused all the same.
 * @see https://github.com/gajus/slonik/blob/main/packages/pg-driver/src/factories/createPgDriverFactory.ts  queryTypeOverrides
 */
pg.Client.prototype.connect = function (this: pg.Client, ...parameters: unknown[]) {
  this.on('error', () => undefined);
  return Reflect.apply(connect, this, parameters);
} as typeof connect;
