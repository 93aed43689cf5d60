import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { addDays, formatInstant, localDateOf, type Instant } from '#kernel';
import { validatorOf, validatorSchemas, type AnyCommandRow, type AnyContextTable } from '#service';
import type { Chance } from './chance.ts';

/** Stand in every field that may name a person, and may stand in no event. */
export const MARKERS = { word: '欧阳标记', phone: '13912345678', otherPhone: '13987654321' } as const;

/** What a draw may know of what there is. */
export interface Known {
  readonly now: Instant;
  /** Ids of the objects of a category, those that came last at the end. */
  idsOf(category: string): readonly string[];
  /** What events of the object have said in a field of that name. */
  said(field: string): readonly unknown[];
}

interface FieldSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: FieldSchema;
}
interface CommandSchema {
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
}

const schemas = new Map<AnyCommandRow, CommandSchema>();

function schemaOf(row: AnyCommandRow): CommandSchema {
  let schema = schemas.get(row);
  if (schema === undefined) {
    schema = targetConstructorToSchema(row.command, { additionalConverters: validatorSchemas }) as CommandSchema;
    schemas.set(row, schema);
  }
  return schema;
}

export const USCCS = ['9144030071526726XG', '91330100799655058B', '91110000802100433B'] as const;
const REGIONS = ['330602', '330603', '330604', '330600'];
const AUTHORITIES = ['甲区市场监管局', '乙区市场监管局', '丙区市场监管局'];
const SHA256 = 'ab'.repeat(32);

/** Fields that name objects, and the category they are of; `same` is the object's own. */
const REFERENCES: Readonly<Record<string, string>> = {
  disputeId: 'dispute',
  complaintId: 'complaint',
  primaryComplaintId: 'complaint',
  primary: 'same',
  earlier: 'dispute',
  of: 'dispute',
  mediationId: 'mediation',
  afterMediationId: 'mediation',
  negotiationId: 'negotiation',
  escalatedFrom: 'negotiation',
  referralId: 'referral',
  bodyId: 'mediationBody',
  mediatorId: 'mediator',
  reportId: 'report',
  earlierReport: 'report',
  laterReport: 'report',
  caseId: 'case',
  criminalReferralId: 'crimref',
  scheme: 'advanceScheme',
  stationId: 'serviceStation',
  store: 'store',
  workOrderId: 'workOrder',
};

/** What the shape of a field does not tell. */
const WORDS: Readonly<Record<string, readonly unknown[]>> = {
  channel: ['12345', '12315', 'station'],
  outcome: ['handled'],
  classification: ['complaint'],
  satisfaction: ['satisfied', 'dissatisfied'],
  court: ['甲区人民法院', '乙区人民法院'],
  courtCaseNo: ['（2026）浙0602诉前调1号', '（2026）浙0602民初2号'],
  documentNo: ['（2026）浙0602民初3号'],
  clock: ['acceptance', 'mediation', 'reply', 'verification', 'decision', 'application', 'performance', 'negotiation'],
  url: ['https://example.org/a'],
  sha256: [SHA256],
  textHash: [SHA256],
  contentKey: [`${'A'.repeat(43)}=`],
  mediaType: ['application/pdf'],
  items: [['agreement=doc-1'], ['undisputed-facts=doc-1', 'application=doc-2']],
  name: ['甲商户', '乙商户'],
  summary: ['退款问题'],
  session: ['1', '2'],
  standstill: ['1', '2'],
  appraisal: ['1', '2'],
  daysOff: [['2027-02-05..2027-02-11 春节']],
  workdays: [['2027-02-20 春节']],
  number: ['国办发明电〔2026〕7号'],
  year: [2027],
};

/** A command of the row that its validator takes; undefined where none was drawn. */
export function drawnCommand(
  table: AnyContextTable,
  row: AnyCommandRow,
  known: Known,
  chance: Chance,
): object | undefined {
  const { properties = {}, required = [] } = schemaOf(row);
  const share = chance.of([0, 0.3, 0.7, 1])!;
  const body: Record<string, unknown> = {};
  for (const [field, schema] of Object.entries(properties)) {
    if (field === 'occurredAt' || field === 'importBatch') continue;
    if (!required.includes(field) && !chance.isWithin(share)) continue;
    const value = drawnField(table, field, schema, known, chance);
    if (value !== undefined) body[field] = value;
  }
  // Entered late, now and then by weeks.
  if (chance.isWithin(0.3)) {
    body.occurredAt = formatInstant(known.now - chance.below(chance.of([3_600_000, 86_400_000 * 2, 86_400_000 * 40])!));
  }
  return validatorOf<object>(row.command)(body).command;
}

function drawnField(table: AnyContextTable, field: string, schema: FieldSchema, known: Known, chance: Chance): unknown {
  const category = REFERENCES[field];
  const said = known.said(field);
  if (said.length > 0 && chance.isWithin(0.6)) return chance.of(said);
  if (category !== undefined) return drawnId(category === 'same' ? table.category : category, known, chance);
  if (schema.enum !== undefined) return chance.of(schema.enum);
  if (schema.type === 'array' && field !== 'items') return drawnList(table, field, schema, known, chance);
  if (/uscc$/i.test(field)) return chance.of(USCCS);
  if (/region$|^registeredIn$/i.test(field)) return chance.of(REGIONS);
  if (WORDS[field] !== undefined && !isPersonal(table, field)) return chance.of(WORDS[field]);
  if (schema.type === 'boolean') return chance.isWithin(0.7);
  if (schema.format === 'date')
    return addDays(localDateOf(known.now), chance.of([0, 0, -1, -5, -30, -400, 1, 10, 30])!);
  if (schema.format === 'date-time')
    return formatInstant(known.now + chance.of([-36, -1, 0, 1, 48, 24 * 20])! * 3_600_000);
  if (schema.type === 'integer' || schema.type === 'number') return drawnNumber(schema, chance);
  // Nobody mediates between himself and another.
  if (isPersonal(table, field)) return `${MARKERS.word}调解员`;
  if (field === 'phone' && table.category === 'mediator') return MARKERS.otherPhone;
  return drawnText(field, schema, known, chance);
}

function drawnList(table: AnyContextTable, field: string, schema: FieldSchema, known: Known, chance: Chance): unknown {
  const { minItems = 0, maxItems = 3, items = {} } = schema;
  if (WORDS[field] !== undefined) return chance.of(WORDS[field]);
  if (items.enum !== undefined) {
    return chance.isWithin(0.5) ? items.enum : chance.some(items.enum, minItems, items.enum.length);
  }
  const count = Math.max(minItems, Math.min(maxItems, 1 + chance.below(2)));
  const drawn = Array.from({ length: count }, (_, index) =>
    items.pattern !== undefined && /evidence|materials|officers|mandate/.test(field)
      ? `doc-${index + chance.below(3) * 2}`
      : drawnField(table, `${field}.one`, items, known, chance),
  );
  return /^regions$/.test(field) ? ['330602', '330603'] : drawn;
}

function drawnNumber({ minimum = 0, maximum = 1_000 }: FieldSchema, chance: Chance): number {
  return Math.min(maximum, minimum + chance.of([0, 1, 2, 9, 1_000])!);
}

function drawnText(field: string, { pattern }: FieldSchema, known: Known, chance: Chance): unknown {
  if (/phone/i.test(field)) return MARKERS.phone;
  if (pattern === undefined) return `${MARKERS.word}住甲路1号，电话${MARKERS.phone}`;
  if (/authority$|^police$|^procuratorate$|bodyName/i.test(field)) return chance.of(AUTHORITIES);
  if (field === 'externalNo') return `NO-${known.now}-${chance.below(1_000)}`;
  if (pattern.includes('\\w.:/#-')) return `doc-${chance.below(4)}`;
  return '餐饮';
}

/** A few name nothing that there is. */
function drawnId(category: string, known: Known, chance: Chance): string | undefined {
  if (chance.isWithin(0.03)) return category === 'workOrder' ? '12345-none' : '01ARZ3NDEKTSV4RRFFQ69G5FAV';
  return chance.of(known.idsOf(category).slice(-6));
}

/** A name that is a person's: of the register's subjects and bodies it is the firm's. */
function isPersonal({ category }: AnyContextTable, field: string): boolean {
  return field === 'name' && category === 'mediator';
}
