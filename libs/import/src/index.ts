// Imports of history: mapping files, readers of CSV, NDJSON and XLSX, and the run that gives every row to a service.
// Import of work orders from CSV, NDJSON and XLSX by a mapping file.
export { importWorkOrders, batchName, type ImportCounts, type ImportOptions } from './import-work-orders.ts';
export { parseMapping, MappingError, type Mapping, type FieldMapping, type Source } from './mapping.ts';
export { reportFile, type ImportReport, type ReportLine } from './report.ts';
export type { GiveError, GiveResult, WorkOrderSink } from './sink.ts';
export { httpSink, type HttpSinkOptions } from './http-sink.ts';
export { TARGETS, type Target, type WorkOrderBody } from './target.ts';
export { compileDateFormat, readIsoTime, type CellTime } from './date-format.ts';
export { openRows } from './open-rows.ts';
export { csvRecords, type CsvRecord } from './csv.ts';
export type { SourceRow, SourceRows } from './source-row.ts';
export { LINE_LIMIT, linesOf } from './ndjson.ts';
