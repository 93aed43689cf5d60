import { IsIn } from 'class-validator';
import { Failure, refuse, type RefusalKind } from '#kernel';
import { problemOfQuestion } from '#metrics/server';
import {
  IsInstant,
  IsLocalDate,
  IsRegionCode,
  IsUscc,
  problemOfRefusal,
  validationProblem,
  validatorOf,
} from '#service';
import { problemOf, SERVER_CODES } from '#service/server';
import { blocks, code, sentence, table } from './markdown.ts';
import { sayingsIn, type Saying } from './refusals.ts';
import type { Sources } from './sources.ts';

/** Every code a client or operator can meet. */
export function problemsPage({ tree }: Sources): string {
  const sayings = tree.files().flatMap((file) => sayingsIn(tree, file));
  const answered = sayings.filter(({ kind }) => kind !== 'failure').map(asAnswer);
  const failures = sayings.filter(({ kind }) => kind === 'failure');
  return blocks(
    '# Problems',
    `Every error is answered as \`application/problem+json\` (RFC 9457) with a stable \`code\`. \`type\` is
\`urn:fangxin:problem:\` and the code in lower case with hyphens. \`field\` and \`errors\` name the fields at fault, where there are any.
\`instance\` is the id of the request, by which it can be found in the logs. In the meanings below, \`…\` stands for what only the
moment knows.`,
    '## Wrong requests',
    'Said before any rule is asked, by the form of the request and of its fields.',
    answerTable([...fieldAnswers(), ...serverAnswers()]),
    '## Refusals',
    'Said by a rule, a query or the service. The column “by” names the lib that says it. Nothing was appended.',
    answerTable(answered),
    '## Failures',
    `A part below the rules could not keep its promise. Where one reaches HTTP it has the status shown: 503 when the same request may
succeed later without anybody changing anything. The caller is told a general sentence; the message below, with whatever file or fault
it names, stands in the log under the id of the request. The command line and the start of the service print the code and the message.`,
    failureTable(failures),
  );
}

interface Answer {
  readonly code: string;
  readonly status: string;
  readonly meaning: string;
  readonly by: string;
}

function asAnswer(saying: Saying): Answer {
  // A question is asked by the parameters of an address, so what is wrong with it is a bad request.
  const asProblem = saying.lib === 'metrics' ? problemOfQuestion : problemOfRefusal;
  const status =
    saying.kind === 'problem'
      ? saying.as
      : String(asProblem(refuse(saying.as as RefusalKind, saying.code, '', 'field')).status);
  return { code: saying.code, status, meaning: saying.detail, by: saying.lib };
}

class Probe {
  @IsUscc()
  uscc!: string;
  @IsRegionCode()
  region!: string;
  @IsInstant()
  instant!: string;
  @IsLocalDate()
  date!: string;
  @IsIn(['one', 'two'])
  other!: string;
}

/** What the validator answers, asked of the validator itself. */
function fieldAnswers(): Answer[] {
  const validate = validatorOf(Probe);
  const wrong = { uscc: 'x', region: 'x', instant: 'x', date: 'x', other: 'x', unheardOf: 1 };
  const bodies: unknown[] = [wrong, { ...wrong, uscc: undefined }, { ...wrong, uscc: '\ud800' }, 'no object'];
  const found = bodies.flatMap((body) => validate(body).errors ?? []);
  const several = validationProblem(found);
  return [
    ...found.map(({ code: said, field, reason }) => ({
      code: said,
      status: String(validationProblem([{ code: said, field, reason }]).status),
      meaning: FIELD_MEANING[said] ?? reason.replace(`${field} `, ''),
      by: 'service',
    })),
    {
      code: several.code,
      status: String(several.status),
      meaning: 'several fields are wrong in different ways; `errors` has each with its code',
      by: 'service',
    },
  ];
}

/** Where the reason speaks of the one field and not of the code. */
const FIELD_MEANING: Readonly<Record<string, string>> = {
  INVALID_FIELD: 'the field is not what [commands.md](commands.md) asks for',
  MISSING_FIELD: 'the field is required',
};

/** What the HTTP server answers by itself. */
function serverAnswers(): Answer[] {
  const errors = [
    ...Object.keys(SERVER_CODES).map((serverCode) => ({ code: serverCode })),
    ...[404, 405].map((statusCode) => ({ statusCode })),
    new SyntaxError('the body is not JSON'),
    new Error(),
  ];
  return errors.map((error) => {
    const { code: said, status, message } = problemOf(error);
    return { code: said, status: String(status), meaning: SERVER_MEANING[said] ?? message, by: 'service' };
  });
}

const SERVER_MEANING: Readonly<Record<string, string>> = {
  NO_SUCH_ROUTE: 'there is no such address, or not with this method',
  METHOD_NOT_ALLOWED: 'the address does not take this method',
};

function answerTable(answers: readonly Answer[]): string {
  const byCode = Map.groupBy(answers, (answer) => answer.code);
  const join = (texts: readonly string[], by: string) =>
    [...new Set(texts)]
      .filter((text) => text !== '')
      .sort()
      .join(by);
  const rows = [...byCode]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, same]) => [
      code(name),
      join(
        same.map(({ status }) => status),
        ', ',
      ),
      join(
        same.map(({ meaning }) => sentence(capital(meaning))),
        ' ',
      ),
      join(
        same.map(({ by }) => by),
        ', ',
      ),
    ]);
  return table(['code', 'status', 'meaning', 'by'], rows);
}

/** Libs whose failures stay on the side of the caller: no service answers with them. */
const CALLERS = ['command-line', 'import', 'simulation'];

function failureTable(failures: readonly Saying[]): string {
  const answers = failures.map(({ code: said, isRetryable, detail, lib }) => ({
    code: said,
    status: CALLERS.includes(lib) ? '' : String(problemOf(new Failure(said, '', isRetryable)).status),
    meaning: detail === '' ? '…' : detail,
    by: lib,
  }));
  return answerTable(answers);
}

/** A sentence begins with a capital, unless its first word is the name of a field. */
function capital(text: string): string {
  return /^[a-z]+[ ,:]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
