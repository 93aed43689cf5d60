import { Controller, Get, Inject, Injectable, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Readable } from 'node:stream';
import { mayRead, type Principal, type Role } from '#access';
import type { EventReader } from '#event-log';
import { FORGOTTEN, type PersonVault } from '#privacy';
import {
  authoriseRole,
  authoriseScope,
  badParameter,
  onlyParameters,
  ProblemError,
  single,
  validationProblem,
  validatorOf,
  type CommandAnswer,
  type CommandService,
  type RefusedRead,
} from '#service';
import { idempotencyKeyOf, principalOf, type Reply, type Request } from '#service/server';
import { EraseEvidence, RecordEvidence } from '../commands.ts';
import type { Audience, EvidenceEvents } from '../events.ts';
import { evidenceId, type EvidenceStore } from '../evidence-store.ts';
import { eraseEvidenceRow, evidenceTable, recordEvidenceRow } from '../evidence.module.ts';
import { evolve, initial, isOfReports, readersOf, type Evidence } from '../evidence.ts';
import { MEDIA_TYPES, mediaTypeOf } from '../media-type.ts';

type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface EvidencePorts {
  readonly reader: EventReader;
  readonly vault: PersonVault;
  readonly commands: CommandService;
  readonly store: EvidenceStore;
  /** Told of whoever asked for evidence of a report and may not see it. */
  readonly onRefusedRead: (refused: RefusedRead) => void;
  /** Largest file taken, bytes. */
  readonly limit: number;
}

/** An upload that was recorded. */
export type UploadAnswer = CommandAnswer & Pick<EvidenceEvents['EvidenceRecorded'], 'sha256' | 'bytes' | 'mediaType'>;

/** Takes files in, gives them out to who may see them, and erases them. */
@Injectable()
export class EvidenceFiles {
  readonly #ports: EvidencePorts;

  constructor(ports: EvidencePorts) {
    this.#ports = ports;
  }

  async upload(request: Request, parameters: Parameters): Promise<UploadAnswer> {
    const { store, commands, limit } = this.#ports;
    const principal = principalOf(request);
    onlyParameters(parameters, ['disputeId', 'reportId', 'kind', 'audience', 'fileName', 'occurredAt']);
    authoriseRole(principal, recordEvidenceRow.roles);
    const declared = request.headers['content-type'] ?? '';
    const { body } = request;
    // A body of another type was read already, or there is none.
    if (!(body instanceof Readable)) throw unsupported(declared);
    const file = await store.take(body, limit);
    try {
      const mediaType = mediaTypeOf(declared, file.head);
      if (mediaType === undefined) throw unsupported(declared);
      const { sha256, bytes } = file;
      const side = principal.role === 'merchant' ? 'merchant' : 'authority';
      const command = commandOf(parameters, { side, mediaType, sha256, bytes, contentKey: file.key });
      await file.secure(evidenceId(command));
      const idempotencyKey = idempotencyKeyOf(request);
      const given = { principal, id: undefined, idempotencyKey, ifMatch: undefined };
      const answer = await commands.give(evidenceTable, recordEvidenceRow, command, given);
      if (answer.unchanged === true || !(await this.#isSealedBy(answer.id, file.key))) await file.discard();
      else await file.settle();
      return { ...answer, sha256, bytes, mediaType };
    } catch (error) {
      await file.discard().catch(() => undefined);
      throw error;
    }
  }

  async content(principal: Principal, id: string): Promise<{ readonly content: Buffer; readonly mediaType: string }> {
    // Who hands in evidence reads it; an auditor, who sees persons redacted, has its hash and what is known of it (T-37).
    authoriseRole(principal, recordEvidenceRow.roles);
    const { status, recorded } = await this.#seen(principal, id);
    const key = status === 'erased' ? undefined : await this.#keyOf(recorded.content);
    if (key === undefined) throw new ProblemError(410, 'EVIDENCE_ERASED', 'the content was erased');
    const content = await this.#ports.store.read(id, key, recorded.sha256);
    return { content, mediaType: recorded.mediaType };
  }

  async erase(request: Request, id: string): Promise<CommandAnswer> {
    const { commands, vault, store, reader } = this.#ports;
    const { command, errors } = validatorOf<EraseEvidence>(EraseEvidence)((request.body as object | undefined) ?? {});
    if (errors !== undefined) throw validationProblem(errors);
    const given = {
      principal: principalOf(request),
      id,
      idempotencyKey: idempotencyKeyOf(request),
      ifMatch: undefined,
    };
    const answer = await commands.give(evidenceTable, eraseEvidenceRow, command, given);
    // Also when it was erased before: a crash may have come between the event and what it says.
    const state = await stateOf(reader, id);
    if (state.status === 'erased') {
      await vault.forget(state.recorded.content);
      await store.erase(id);
    }
    return answer;
  }

  /** Ends what a crash cut off: uploads that were secured, and erasures that were recorded. */
  async recover(): Promise<void> {
    await this.#ports.store.recover(async (id) => {
      const state = await stateOf(this.#ports.reader, id);
      return state.status === 'kept' ? this.#keyOf(state.recorded.content) : undefined;
    });
  }

  async #seen(principal: Principal, id: string): Promise<Exclude<Evidence, { readonly status: 'none' }>> {
    const [view] = evidenceTable.views;
    authoriseRole(principal, view!.roles);
    const state = await stateOf(this.#ports.reader, id);
    if (state.status === 'none' || !isReadBy(principal, readersOf(state.recorded))) {
      const code = 'NOT_FOUND';
      if (state.status !== 'none' && isOfReports(state.recorded))
        this.#ports.onRefusedRead({ principal, view: view!.projection.name, code });
      throw new ProblemError(404, code, 'there is no piece of evidence with this id');
    }
    authoriseScope(principal, view!.scopeOf(state.recorded));
    return state;
  }

  async #isSealedBy(id: string, key: string): Promise<boolean> {
    const state = await stateOf(this.#ports.reader, id);
    return state.status === 'kept' && (await this.#keyOf(state.recorded.content)) === key;
  }

  /** Undefined when it was destroyed. */
  async #keyOf(reference: string): Promise<string | undefined> {
    const kept = (await this.#ports.vault.read([reference])).get(reference);
    return kept === undefined || kept === FORGOTTEN ? undefined : kept.text?.['contentKey'];
  }
}

/** Evidence (证据) as files: `POST /v1/evidence`, `GET /v1/evidence/{id}/content`, `POST /v1/evidence/{id}/erase`. */
@Controller('v1/evidence')
export class EvidenceController {
  constructor(@Inject(EvidenceFiles) private readonly files: EvidenceFiles) {}

  @Post()
  async upload(
    @Req() request: Request,
    @Query() parameters: Parameters,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<UploadAnswer> {
    const answer = await this.files.upload(request, parameters);
    void reply.status(answer.unchanged === true ? 200 : 201).header('location', `/v1/evidence/${answer.id}`);
    return answer;
  }

  @Get(':id/content')
  async content(@Req() request: Request, @Param('id') id: string, @Res() reply: Reply): Promise<void> {
    const { content, mediaType } = await this.files.content(principalOf(request), id);
    // Shown nowhere but where it was asked for: a file that somebody uploaded must not run as a page of this service.
    void reply
      .header('content-type', mediaType)
      .header('content-disposition', `attachment; filename="evidence-${id}"`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, no-store')
      .send(content);
  }

  @Post(':id/erase')
  async erase(
    @Req() request: Request,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<CommandAnswer> {
    void reply.status(200);
    return this.files.erase(request, id);
  }
}

function isReadBy({ role }: Principal, readers: readonly Role[] | undefined): boolean {
  return readers === undefined || mayRead(role, readers);
}

async function stateOf(reader: EventReader, id: string): Promise<Evidence> {
  const events = await reader.readStream(`evidence-${id}`);
  return events.reduce((state: Evidence, event) => evolve(state, event as never), initial);
}

function commandOf(parameters: Parameters, stored: object): RecordEvidence {
  const texts = Object.entries(parameters).map(([name, value]) => [name, single(name, value!)] as const);
  const said: Record<string, string> = Object.fromEntries(texts);
  const asked = { audience: usualAudience(said), ...said, ...stored };
  const { command, errors } = validatorOf<RecordEvidence>(RecordEvidence)(asked);
  if (errors === undefined) return command;
  throw errors.some(({ field }) => field in parameters || field === 'kind')
    ? validationProblem(errors)
    : badParameter('body', 'the file cannot be recorded');
}

/** Unless said: the parties; who somebody is, for the authorities; what belongs to a report, for those who handle it. */
function usualAudience({ kind, reportId }: Readonly<Record<string, string>>): Audience {
  if (reportId !== undefined) return 'report-handlers';
  return kind === 'identity' ? 'authority' : 'parties';
}

function unsupported(declared: string): ProblemError {
  const said = declared === '' ? 'no type' : declared.slice(0, 100);
  return new ProblemError(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    `the file is not what it is sent as (${said}); evidence is ${MEDIA_TYPES.join(', ')}`,
  );
}
