import { fastify } from 'fastify';
import { openEmbeddedEventLog } from '#event-log';
import { newCommandId, systemClock, type EventSchemas } from '#kernel';

/**
 * The reference of the HTTP benchmark: Fastify, a JSON body, one durable append in the same group commit. No key, no
 * validation, no idempotency, no vault, no read models.
 */
const schemas: EventSchemas = { WorkOrderPushed: { schemaVersion: 1 } };
const log = openEmbeddedEventLog({ folder: process.env['FANGXIN_DATA']!, clock: systemClock, schemas: [schemas] });
const app = fastify();

app.post<{ Body: { externalNo: string } }>('/v1/work-orders', async (request, reply) => {
  const now = systemClock.now();
  const id = request.body.externalNo;
  const { version, position } = await log.append(
    `workOrder-${id}`,
    'none',
    [{ type: 'WorkOrderPushed', data: request.body }],
    {
      commandId: newCommandId(now),
      payloadDigest: '',
      actor: { id: 'bench', role: 'hotline' },
      occurredAt: now,
    },
  );
  void reply.status(201);
  return { id, version, position };
});

const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`listening on ${url}\n`);
process.once(
  'SIGTERM',
  () =>
    void app
      .close()
      .then(() => log.close())
      .then(() => process.exit(0)),
);
