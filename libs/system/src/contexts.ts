import type { EventSchemas } from '#kernel';
import type { Projection } from '#read-models';
import type { AnyContextTable } from '#service';
import { accessKeySchemas, accessKeysView } from '#access-keys';
import { alertsTable, alertsView, refusedReadsTable } from '#alerts';
import { casesTable } from '#cases';
import { complaintsTable } from '#complaints';
import { referralsTable } from '#court-referral';
import { criminalReferralsTable } from '#criminal-referral';
import { deadlinesTable, recomputationTable } from '#deadlines';
import { disputesTable } from '#disputes';
import { duplicatesTable, recordsView } from '#duplicates';
import { evidenceTable } from '#evidence';
import { mediationBodiesTable, mediationsTable, mediatorsTable } from '#mediation';
import { confirmationsTable } from '#judicial-confirmation';
import { negotiationsTable } from '#negotiation';
import { proposalsTable } from '#proposals';
import { publicationQueueTable, publicationsTable } from '#publicity';
import {
  advanceSchemesTable,
  commitmentsTable,
  odrMembershipsTable,
  serviceStationsTable,
  storesTable,
  subjectsTable,
} from '#registry';
import { reportsTable } from '#reports';
import { workCalendarsTable } from '#work-calendars';
import { disputeStreamsView } from '#timeline';
import { workOrdersTable } from '#work-orders';

/** Every bounded context but the access keys, whose table needs the ring it settles with. */
export const domainTables: readonly AnyContextTable[] = [
  workOrdersTable,
  disputesTable,
  complaintsTable,
  negotiationsTable,
  mediationsTable,
  mediationBodiesTable,
  mediatorsTable,
  referralsTable,
  confirmationsTable,
  reportsTable,
  casesTable,
  criminalReferralsTable,
  publicationQueueTable,
  publicationsTable,
  subjectsTable,
  odrMembershipsTable,
  serviceStationsTable,
  advanceSchemesTable,
  storesTable,
  commitmentsTable,
  deadlinesTable,
  evidenceTable,
  alertsTable,
  proposalsTable,
  duplicatesTable,
  workCalendarsTable,
];

/** Event types of the whole system, by which the log is opened. */
export const eventSchemas: readonly EventSchemas[] = [
  ...domainTables.map((table) => table.schemas),
  recomputationTable.schemas,
  refusedReadsTable.schemas,
  accessKeySchemas,
];

const domainTypes = domainTables.flatMap((table) => Object.keys(table.schemas));

/** Read models of the whole system. */
export const projections: readonly Projection[] = [
  disputeStreamsView(domainTypes) as Projection,
  recordsView as Projection,
  alertsView as Projection,
  ...domainTables.flatMap((table) => table.views.map((view) => view.projection as Projection)),
  accessKeysView as Projection,
];
