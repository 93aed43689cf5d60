import { normaliseUscc } from '#kernel';
import { commandRow, viewRow, type ContextTable } from '#service';
import * as scheme from './advance-scheme.ts';
import {
  AdmitSchemeMember,
  AllotAdvance,
  CloseAdvanceScheme,
  OpenAdvanceScheme,
  ReleaseAllotment,
  ReleaseSchemeMember,
  ResumeAdvanceScheme,
  SuspendAdvanceScheme,
} from './commands-scheme.ts';
import {
  admitSchemeMember,
  allotAdvance,
  closeAdvanceScheme,
  openAdvanceScheme,
  releaseAllotment,
  releaseSchemeMember,
  resumeAdvanceScheme,
  suspendAdvanceScheme,
  type AllotmentReads,
  type OperatorReads,
} from './decide-scheme.ts';
import { evolveAdvances } from './reads.ts';
import { advanceSchemeSchemas } from './scheme-events.ts';
import * as subject from './subject.ts';
import { advanceSchemes, type AdvanceSchemeDocument } from './views/advance-schemes.ts';

type AdvanceScheme = scheme.AdvanceScheme;

const OFFICE = ['programme-office', 'officer'] as const;
/** The operator runs its own scheme. */
const OPERATOR = [...OFFICE, 'merchant'] as const;

const paidInNegotiation = {
  stream: ({ negotiationId }: { readonly negotiationId: string }) => `negotiation-${negotiationId}`,
  initial: {},
  evolve: evolveAdvances,
};

/** Schemes of advance compensation (先行赔付), whole: `POST /v1/advance-schemes…`, `GET /v1/advance-schemes…`. */
export const advanceSchemesTable: ContextTable<AdvanceScheme> = {
  collection: 'advance-schemes',
  category: 'advanceScheme',
  title: 'scheme of advance compensation',
  schemas: advanceSchemeSchemas,
  initial: scheme.initial,
  evolve: scheme.evolve,
  scopeOf: (state) =>
    state.status === 'empty' ? { region: null, subject: null } : { region: state.region, subject: state.operatorUscc },
  commands: [
    commandRow<OpenAdvanceScheme, AdvanceScheme, OperatorReads>({
      action: 'open',
      command: OpenAdvanceScheme,
      decide: openAdvanceScheme,
      roles: OFFICE,
      summary: 'Open a scheme of advance compensation, in the region where its operator works',
      creates: true,
      scope: ({ operatorUscc }, { operator }) => ({
        region: operator === undefined || operator.status === 'empty' ? null : operator.region,
        subject: normaliseUscc(operatorUscc) ?? null,
      }),
      reads: {
        operator: {
          stream: ({ operatorUscc }) => `subject-${normaliseUscc(operatorUscc)}`,
          initial: subject.initial,
          evolve: subject.evolve,
        },
      },
    }),
    commandRow<AdmitSchemeMember, AdvanceScheme>({
      action: 'admit-member',
      command: AdmitSchemeMember,
      decide: admitSchemeMember,
      roles: OPERATOR,
      summary: 'Record that a merchant of the venue has agreed to be paid for',
    }),
    commandRow<ReleaseSchemeMember, AdvanceScheme>({
      action: 'release-member',
      command: ReleaseSchemeMember,
      decide: releaseSchemeMember,
      roles: OPERATOR,
      summary: 'Record that a merchant is no longer paid for',
    }),
    commandRow<AllotAdvance, AdvanceScheme, AllotmentReads>({
      action: 'allot',
      command: AllotAdvance,
      decide: allotAdvance,
      roles: OPERATOR,
      summary: 'Set money aside for one negotiation, within the caps',
      reads: { negotiation: paidInNegotiation },
    }),
    commandRow<ReleaseAllotment, AdvanceScheme, AllotmentReads>({
      action: 'release-allotment',
      command: ReleaseAllotment,
      decide: releaseAllotment,
      roles: OPERATOR,
      summary: 'Free money that was set aside and not paid, or paid and recovered',
      reads: { negotiation: paidInNegotiation },
    }),
    commandRow<SuspendAdvanceScheme, AdvanceScheme>({
      action: 'suspend',
      command: SuspendAdvanceScheme,
      decide: suspendAdvanceScheme,
      roles: OPERATOR,
      summary: 'Suspend a scheme',
    }),
    commandRow<ResumeAdvanceScheme, AdvanceScheme>({
      action: 'resume',
      command: ResumeAdvanceScheme,
      decide: resumeAdvanceScheme,
      roles: OFFICE,
      summary: 'Resume a suspended scheme',
    }),
    commandRow<CloseAdvanceScheme, AdvanceScheme>({
      action: 'close',
      command: CloseAdvanceScheme,
      decide: closeAdvanceScheme,
      roles: OPERATOR,
      summary: 'Close a scheme for good; what was paid may still be recovered',
    }),
  ],
  views: [
    viewRow<AdvanceSchemeDocument>({
      projection: advanceSchemes,
      filters: { region: 'region', status: 'status', operatorUscc: 'operatorUscc' },
      sort: { field: 'since', order: 'desc' },
      roles: ['hotline', 'officer', 'mediator', 'merchant', 'enforcement', 'programme-office', 'auditor'],
      summary: 'Schemes of advance compensation, latest change first',
      scopeOf: (doc) => ({ region: doc.region, subject: doc.operatorUscc }),
    }),
  ],
};
