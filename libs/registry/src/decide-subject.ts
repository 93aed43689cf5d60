import { normaliseUscc, outOfTime, refuse, type Decision, type DecisionContext } from '#kernel';
import type { RegisterSubject, RenameSubject } from './commands.ts';
import type { SubjectEvent } from './events.ts';
import type { RegisteredSubject, Subject } from './subject.ts';

export function registerSubject(
  command: RegisterSubject,
  state: Subject,
  { today }: DecisionContext,
): Decision<SubjectEvent> {
  const uscc = normaliseUscc(command.uscc);
  if (uscc === undefined) return refuse('invalid', 'INVALID_USCC', 'This is no valid social credit code.', 'uscc');
  if (command.operatingSince !== undefined && command.operatingSince > today) {
    return refuse('invalid', 'OPERATING_IN_FUTURE', 'It cannot have begun to operate in the future.', 'operatingSince');
  }
  const data: RegisteredSubject = {
    uscc,
    name: command.name,
    region: command.region,
    sector: command.sector ?? null,
    operatingSince: command.operatingSince ?? null,
  };
  if (state.status === 'empty') return [{ type: 'SubjectRegistered', data }];
  return isSame(state, data)
    ? []
    : refuse(
        'conflict',
        'SUBJECT_ALREADY_REGISTERED',
        'A subject with this code is registered with other particulars.',
      );
}

/** The code stays for life, and the history with it (T-22). */
export function renameSubject(
  { name }: RenameSubject,
  state: Subject,
  context: DecisionContext,
): Decision<SubjectEvent> {
  if (state.status === 'empty') return refuse('notFound', 'NOT_FOUND', 'There is no subject with this code.');
  if (name === state.name) return [];
  return outOfTime(state, context) ?? [{ type: 'SubjectRenamed', data: { name, previousName: state.name } }];
}

function isSame(known: RegisteredSubject, given: RegisteredSubject): boolean {
  return (
    known.name === given.name &&
    known.region === given.region &&
    known.sector === given.sector &&
    known.operatingSince === given.operatingSince
  );
}
