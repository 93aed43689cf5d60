import { problem, PROBLEM_RESPONSES, type DocumentedRoute } from '#service/server';
import { AUDIENCES, EVIDENCE_KINDS } from '../events.ts';
import { MEDIA_TYPES } from '../media-type.ts';

const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const query = (name: string, description: string, required = false, values?: readonly string[]): object => ({
  name,
  in: 'query',
  required,
  description,
  schema: { type: 'string', ...(values === undefined ? {} : { enum: values }) },
});
const binary = { schema: { type: 'string', format: 'binary' } };
const files = Object.fromEntries(MEDIA_TYPES.map((type) => [type, binary]));
const answer = { 'application/json': { schema: { type: 'object' } } };

/** OpenAPI operations of evidence as files. */
export const evidenceRoutes: readonly DocumentedRoute[] = [
  {
    method: 'post',
    path: '/v1/evidence',
    operation: {
      tags: ['evidence'],
      operationId: 'uploadEvidence',
      summary: 'Record a file as evidence of a dispute; the same content again is the same piece of evidence',
      parameters: [
        query('disputeId', 'Dispute it belongs to'),
        query('reportId', 'Report it belongs to, in place of a dispute'),
        query('kind', 'What it is', true, EVIDENCE_KINDS),
        query(
          'audience',
          'Who may see it; parties unless said, for proof of who somebody is the authority, of a report those who handle it',
          false,
          AUDIENCES,
        ),
        query('fileName', 'Name of the file; kept in the vault'),
        query('occurredAt', 'When it was handed in'),
      ],
      requestBody: { required: true, content: files },
      responses: {
        200: { description: 'It was recorded before', content: answer },
        201: { description: 'Recorded', content: answer },
        ...PROBLEM_RESPONSES,
        409: problem('It was erased, and is not taken again'),
        413: problem('The file is larger than this service takes'),
        415: problem('The type is not taken, or the file is not of the type it is sent as'),
        422: problem('A parameter is missing or wrong, or there is no such dispute'),
      },
    },
  },
  {
    method: 'get',
    path: '/v1/evidence/{id}/content',
    operation: {
      tags: ['evidence'],
      operationId: 'getEvidenceContent',
      summary: 'The file itself, verified against its hash',
      parameters: [ID],
      responses: {
        200: { description: 'The file', content: files },
        ...PROBLEM_RESPONSES,
        410: problem('The content was erased'),
      },
    },
  },
  {
    method: 'post',
    path: '/v1/evidence/{id}/erase',
    operation: {
      tags: ['evidence'],
      operationId: 'eraseEvidence',
      summary: 'Erase the content for good: its key is destroyed, event and hash stay',
      parameters: [ID],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { type: 'object', required: ['reason'], properties: { reason: { type: 'string' } } },
          },
        },
      },
      responses: { 200: { description: 'Erased', content: answer }, ...PROBLEM_RESPONSES, 422: problem('No reason') },
    },
  },
];
