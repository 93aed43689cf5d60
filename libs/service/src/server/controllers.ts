import { Controller, Get, Inject, Injectable, Param, Post, Query, Req, Res, type Type } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { routeOf, type AnyCommandRow, type AnyContextTable, type AnyViewRow } from '../context.ts';
import { CommandService, type CommandAnswer, type GivenCommand } from '../command-service.ts';
import { validationProblem } from '../problem.ts';
import { onlyParameters, QueryService, type ListAnswer, type ListRequest } from '../query-service.ts';
import { validatorOf } from '../validation/compile.ts';
import { answerBatch } from './batch.ts';
import { Problems } from './filter.ts';
import { idempotencyKeyOf, ifMatchOf, principalOf, type Reply, type Request } from './request.ts';

/** Where a command carries what the rule does not decide, while the command bus passes it on by its class. */
const GIVEN = Symbol('given');
type CarriedCommand = object & { [GIVEN]?: GivenCommand };

/** One command handler per row of the table, for the bus of @nestjs/cqrs. */
export function commandHandlers(table: AnyContextTable): Type<ICommandHandler>[] {
  return table.commands.map((row) => {
    class RowHandler implements ICommandHandler<CarriedCommand, CommandAnswer> {
      constructor(private readonly commands: CommandService) {}

      execute(command: CarriedCommand): Promise<CommandAnswer> {
        const given = command[GIVEN];
        if (given === undefined) throw new Error(`${row.command.name} came without its request`);
        return this.commands.give(table, row, command, given);
      }
    }
    Inject(CommandService)(RowHandler, undefined, 0);
    Injectable()(RowHandler);
    CommandHandler(row.command)(RowHandler);
    Object.defineProperty(RowHandler, 'name', { value: `${row.command.name}Handler` });
    return RowHandler;
  });
}

/** Validates a body as a row's command and gives it: what single routes and batches share. */
export function giveThrough(
  bus: CommandBus,
  row: AnyCommandRow,
): (body: unknown, given: GivenCommand) => Promise<CommandAnswer> {
  const validate = validatorOf<object>(row.command);
  return (body, given) => {
    const { command, errors } = validate(body ?? {});
    if (errors !== undefined) throw validationProblem(errors);
    (command as CarriedCommand)[GIVEN] = given;
    return bus.execute(command);
  };
}

/** The routes of one context: its commands, its batch, its views and the events behind each object. */
export function contextController(table: AnyContextTable): Type<unknown> {
  class ContextController {
    constructor(
      readonly bus: CommandBus,
      readonly queries: QueryService,
      readonly problems: Problems,
    ) {}
  }
  const prototype = ContextController.prototype as unknown as Record<string, unknown>;
  const route = (
    name: string,
    decorate: MethodDecorator,
    handler: (...args: never[]) => unknown,
    parameters: ParameterDecorator[],
  ) => {
    prototype[name] = handler;
    parameters.forEach((parameter, index) => parameter(ContextController.prototype, name, index));
    decorate(ContextController.prototype, name, Object.getOwnPropertyDescriptor(prototype, name)!);
  };

  for (const row of table.commands) {
    let give: ReturnType<typeof giveThrough> | undefined;
    const isCreating = row.creates === true;
    route(
      row.action,
      Post(routeOf(row).replace('{id}', ':id') || '/'),
      async function (this: ContextController, request: Request, reply: Reply): Promise<CommandAnswer> {
        give ??= giveThrough(this.bus, row);
        const answer = await give(request.body, {
          principal: principalOf(request),
          id: isCreating ? undefined : (request.params as { id: string }).id,
          idempotencyKey: idempotencyKeyOf(request),
          ifMatch: ifMatchOf(request),
        });
        void reply.header('etag', `"${answer.version}"`);
        if (isCreating) void reply.header('location', `/v1/${table.collection}/${encodeURIComponent(answer.id)}`);
        void reply.status(isCreating && answer.unchanged !== true ? 201 : 200);
        return answer;
      },
      [Req(), Res({ passthrough: true })],
    );
  }

  const creating = table.commands.find((row) => row.creates === true && row.createsByAction !== true);
  if (table.batch === true && creating !== undefined) {
    let give: ReturnType<typeof giveThrough> | undefined;
    route(
      'batch',
      Post('batch'),
      function (this: ContextController, request: Request, reply: Reply) {
        give ??= giveThrough(this.bus, creating);
        return answerBatch(request, reply, give, this.problems);
      },
      [Req(), Res()],
    );
  }

  for (const view of table.views) viewRoutes(table, view, route);

  Controller(`v1/${table.collection}`)(ContextController);
  Inject(CommandBus)(ContextController, undefined, 0);
  Inject(QueryService)(ContextController, undefined, 1);
  Inject(Problems)(ContextController, undefined, 2);
  Object.defineProperty(ContextController, 'name', { value: `${table.collection}Controller` });
  return ContextController;
}

type RouteBuilder = (
  name: string,
  decorate: MethodDecorator,
  handler: (...args: never[]) => unknown,
  parameters: ParameterDecorator[],
) => void;
type Queries = { queries: QueryService };
type Parameters = ListRequest['parameters'];

function viewRoutes(table: AnyContextTable, view: AnyViewRow, route: RouteBuilder): void {
  const name = view.projection.name;
  const read = [Req(), Query()];
  route(
    `list ${name}`,
    Get(),
    function (this: Queries, request: Request, parameters: Parameters): Promise<ListAnswer> {
      return this.queries.list(view, { principal: principalOf(request), parameters });
    },
    read,
  );
  route(
    `get ${name}`,
    Get(':id'),
    async function (
      this: Queries,
      request: Request,
      parameters: Parameters,
      id: string,
      reply: Reply,
    ): Promise<object> {
      onlyParameters(parameters, ['position']);
      const document = await this.queries.one(table, view, id, { principal: principalOf(request), parameters });
      void reply.header('etag', `"${document.version}"`);
      return document;
    },
    [...read, Param('id'), Res({ passthrough: true })],
  );
  route(
    `events of ${name}`,
    Get(':id/events'),
    function (this: Queries, request: Request, parameters: Parameters, id: string): Promise<ListAnswer> {
      onlyParameters(parameters, ['cursor', 'limit', 'position']);
      return this.queries.events(table, view, id, { principal: principalOf(request), parameters });
    },
    [...read, Param('id')],
  );
}
