import { PassThrough } from 'node:stream';
import { program } from '#command-line';
import { blocks, code, sentence, table } from './markdown.ts';

/** What commander knows of a command. */
type Command = ReturnType<typeof program>;

/** Every command of the command line, from the program itself. */
export function cliPage(): string {
  const nowhere = new PassThrough();
  const root = program({ arguments: [], environment: {}, out: nowhere, err: nowhere, openDataFolder }, () =>
    Promise.resolve(),
  );
  return blocks(
    '# Command line',
    `${sentence(root.description())} It is \`npx fangxin …\` after \`npm ci && npm run build\`.`,
    `\`deadline\` and \`calendar\` need nothing. Every other command works on a running service (\`--server URL --key KEY\`) or, where no
service holds it, on a data folder (\`--data FOLDER\`). \`FANGXIN_SERVER\`, \`FANGXIN_KEY\` and \`FANGXIN_DATA\` in the environment stand for these options.`,
    `With \`--json\` it prints one JSON document on standard output and nothing else there. Progress and messages go to standard
error.`,
    table(
      ['exit code', 'meaning'],
      [
        ['0', 'done'],
        ['1', 'a check or the service failed'],
        ['2', 'wrong use'],
        ['3', 'some rows were refused'],
      ],
    ),
    ...leaves(root).map(({ command, name }) => commandSection(command, name)),
  );
}

const openDataFolder = (): never => {
  throw new Error('the reference opens no data folder');
};

/** Commands that do something, with their full names. */
function leaves(command: Command, name = command.name()): { command: Command; name: string }[] {
  if (command.commands.length === 0) return [{ command, name }];
  return command.commands.flatMap((one) => leaves(one as Command, `${name} ${one.name()}`));
}

function commandSection(command: Command, name: string): string {
  return blocks(
    `## ${name}`,
    sentence(capital(command.description())),
    `\`\`\`text\n${name} ${command.usage()}\n\`\`\``,
    table(
      ['argument', 'meaning'],
      command.registeredArguments.map((one) => [code(one.name()), one.description]),
    ),
    table(
      ['option', 'meaning'],
      command.options.map((one) => [
        code(one.flags),
        [
          one.description,
          one.mandatory ? 'required' : '',
          one.argChoices === undefined ? '' : one.argChoices.join(', '),
        ]
          .filter((text) => text !== '')
          .join('; '),
      ]),
    ),
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
