import { normaliseUscc } from '#kernel';
import { commandRow, viewRow, type ContextTable } from '#service';
import {
  declareInterest,
  registerBody,
  registerMediator,
  reinstateBody,
  reinstateMediator,
  removeBody,
  removeMediator,
  reviseBody,
  reviseMediator,
  suspendBody,
  suspendMediator,
  withdrawInterest,
  type MediatorReads,
} from './decide-roster.ts';
import { evolveBody, noBody, type MediationBody } from './mediation-body.ts';
import { evolveMediator, noMediator, type Mediator } from './mediator.ts';
import {
  DeclareMediatorInterest,
  RegisterMediationBody,
  RegisterMediator,
  ReinstateMediationBody,
  ReinstateMediator,
  RemoveMediationBody,
  RemoveMediator,
  ReviseMediationBody,
  ReviseMediator,
  SuspendMediationBody,
  SuspendMediator,
  WithdrawMediatorInterest,
} from './roster-commands.ts';
import {
  mediationBodySchemas,
  mediatorSchemas,
  type RecordedMediationBodyEvent,
  type RecordedMediatorEvent,
} from './roster-events.ts';
import { mediationBodiesView } from './views/mediation-bodies.ts';
import { mediatorsView } from './views/mediators.ts';

/** Who keeps the roster (名册). */
const KEEPERS = ['officer', 'programme-office'] as const;

const body = (bodyId: string | null | undefined) => (bodyId == null ? null : `mediationBody-${bodyId}`);
const evolveReadBody = (state: MediationBody, event: object) => evolveBody(state, event as RecordedMediationBodyEvent);

/** Mediation bodies (调解组织): `POST /v1/mediation-bodies…`, `GET /v1/mediation-bodies…`. */
export const mediationBodiesTable: ContextTable<MediationBody> = {
  collection: 'mediation-bodies',
  category: 'mediationBody',
  title: 'mediation body',
  schemas: mediationBodySchemas,
  initial: noBody,
  evolve: evolveReadBody,
  scopeOf: (state) =>
    state.status === 'none' ? { region: null, subject: null } : { region: state.region, subject: state.uscc },
  commands: [
    commandRow<RegisterMediationBody, MediationBody>({
      action: 'register',
      command: RegisterMediationBody,
      decide: registerBody,
      roles: KEEPERS,
      summary: 'Put a mediation body on the roster',
      creates: true,
      scope: ({ region, uscc }) => ({ region, subject: normaliseUscc(uscc ?? '') ?? null }),
    }),
    commandRow<ReviseMediationBody, MediationBody>({
      action: 'revise',
      command: ReviseMediationBody,
      decide: reviseBody,
      roles: KEEPERS,
      summary: 'Change where and how a body mediates',
    }),
    commandRow<SuspendMediationBody, MediationBody>({
      action: 'suspend',
      command: SuspendMediationBody,
      decide: suspendBody,
      roles: KEEPERS,
      summary: 'Suspend a body: it gets no new mediation',
    }),
    commandRow<ReinstateMediationBody, MediationBody>({
      action: 'reinstate',
      command: ReinstateMediationBody,
      decide: reinstateBody,
      roles: KEEPERS,
      summary: 'Reinstate a suspended body',
    }),
    commandRow<RemoveMediationBody, MediationBody>({
      action: 'remove',
      command: RemoveMediationBody,
      decide: removeBody,
      roles: KEEPERS,
      summary: 'Take a body off the roster for good',
    }),
  ],
  views: [
    viewRow({
      projection: mediationBodiesView,
      filters: { region: 'region', type: 'type', status: 'status' },
      sort: { field: 'name' },
      roles: ['hotline', 'officer', 'mediator', 'merchant', 'court', 'enforcement', 'programme-office', 'auditor'],
      summary: 'Mediation bodies by name',
      scopeOf: (doc) => ({ region: doc.region, subject: doc.uscc }),
      // Whom one may turn to is for everybody to know.
      isEverybodys: true,
    }),
  ],
};

/** Mediators (调解员): `POST /v1/mediators…`, `GET /v1/mediators…`. */
export const mediatorsTable: ContextTable<Mediator> = {
  collection: 'mediators',
  category: 'mediator',
  title: 'mediator',
  schemas: mediatorSchemas,
  initial: noMediator,
  evolve: (state, event) => evolveMediator(state, event as RecordedMediatorEvent),
  scopeOf: (state) => ({ region: state.status === 'none' ? null : state.region, subject: null }),
  commands: [
    commandRow<RegisterMediator, Mediator, MediatorReads>({
      action: 'register',
      command: RegisterMediator,
      decide: registerMediator,
      roles: KEEPERS,
      summary: 'Put a mediator on the roster: of a body, or of the authority',
      creates: true,
      scope: ({ region }) => ({ region, subject: null }),
      personal: { person: { name: 'name', phone: 'phone' } },
      reads: { body: { stream: ({ bodyId }) => body(bodyId), initial: noBody, evolve: evolveReadBody } },
    }),
    commandRow<ReviseMediator, Mediator, MediatorReads>({
      action: 'revise',
      command: ReviseMediator,
      decide: reviseMediator,
      roles: KEEPERS,
      summary: 'Change where, how and as what a mediator mediates',
      reads: {
        body: {
          stream: (_, state) => (state.status === 'none' ? null : body(state.bodyId)),
          initial: noBody,
          evolve: evolveReadBody,
        },
      },
    }),
    commandRow<SuspendMediator, Mediator>({
      action: 'suspend',
      command: SuspendMediator,
      decide: suspendMediator,
      roles: KEEPERS,
      summary: 'Suspend a mediator, who gets no new mediation',
    }),
    commandRow<ReinstateMediator, Mediator>({
      action: 'reinstate',
      command: ReinstateMediator,
      decide: reinstateMediator,
      roles: KEEPERS,
      summary: 'Reinstate a suspended mediator',
    }),
    commandRow<RemoveMediator, Mediator>({
      action: 'remove',
      command: RemoveMediator,
      decide: removeMediator,
      roles: KEEPERS,
      summary: 'Take a mediator off the roster for good',
    }),
    commandRow<DeclareMediatorInterest, Mediator>({
      action: 'declare-interest',
      command: DeclareMediatorInterest,
      decide: declareInterest,
      roles: [...KEEPERS, 'mediator'],
      summary: 'Declare what a mediator is tied to (利害关系): a subject, or a relative',
      personal: { relative: { name: 'relativeName', phone: 'relativePhone' } },
    }),
    commandRow<WithdrawMediatorInterest, Mediator>({
      action: 'withdraw-interest',
      command: WithdrawMediatorInterest,
      decide: withdrawInterest,
      roles: [...KEEPERS, 'mediator'],
      summary: 'Record that a declared interest is no more',
    }),
  ],
  views: [
    viewRow({
      projection: mediatorsView,
      filters: { region: 'region', bodyId: 'bodyId', status: 'status' },
      sort: { field: 'registeredAt', order: 'desc' },
      roles: ['hotline', 'officer', 'mediator', 'court', 'programme-office', 'auditor'],
      summary: 'Mediators, newest first',
      scopeOf: (doc) => ({ region: doc.region, subject: null }),
      personal: { person: 'person', 'interests.relative': 'interests.relative' },
    }),
  ],
};
