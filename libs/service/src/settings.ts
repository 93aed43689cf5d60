import { Failure } from '#kernel';

/** What the environment may say; everything has a default, and a wrong value stops the start with exit code 2. */
export interface Settings {
  /** Folder of everything that is kept; created when it is missing, and used by one process at a time. */
  readonly dataFolder: string;
  /** Address to listen on. */
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** YAML of rules that no source states, such as a province's hotline; none unless said. */
  readonly rulesFile: string | undefined;
  /** YAML of when one is reminded of a deadline; the shipped one unless said. */
  readonly remindersFile: string | undefined;
  /** YAML of the thresholds of alerts; the shipped one unless said. */
  readonly alertsFile: string | undefined;
  /** YAML of when two records are suggested to be one dispute; the shipped one unless said. */
  readonly matchingFile: string | undefined;
  /** Engines of the log, the read models and the vault. */
  readonly engine: 'embedded';
  /** Secret the administrator's key shall have; without it the first start makes one and prints it once. */
  readonly adminKey: string | undefined;
  /** Largest JSON body, bytes. A batch is streamed and only its lines are bounded. */
  readonly bodyLimit: number;
  /** Largest file taken as evidence, bytes. */
  readonly evidenceLimit: number;
  /** Requests per minute and access key; 0 = no limit. */
  readonly rateLimit: number;
  /** Requests per minute and address without an accepted key; 0 = no limit. */
  readonly anonymousRateLimit: number;
  /** Least severe log line written, on standard error. */
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

const LOG_LEVELS: readonly string[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** Reads `FANGXIN_*`; throws a Failure `BAD_SETTING` that names the variable. Pure: the environment is handed in. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const text = (name: string, fallback: string): string => {
    const value = environment[name];
    if (value === undefined) return fallback;
    if (value.trim() === '') throw badSetting(name, 'must not be empty');
    return value;
  };
  const integer = (name: string, fallback: number, most: number): number => {
    const value = text(name, String(fallback));
    const number = /^\d{1,12}$/.test(value) ? Number(value) : NaN;
    if (Number.isNaN(number) || number > most)
      throw badSetting(name, `must be a whole number from 0 to ${most}, not "${value}"`);
    return number;
  };
  const engine = text('FANGXIN_ENGINE', 'embedded');
  if (engine === 'distributed') throw badSetting('FANGXIN_ENGINE', 'this version has the embedded engine only');
  if (engine !== 'embedded') throw badSetting('FANGXIN_ENGINE', `must be embedded or distributed, not "${engine}"`);
  const logLevel = text('FANGXIN_LOG_LEVEL', 'info');
  if (!LOG_LEVELS.includes(logLevel)) throw badSetting('FANGXIN_LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}`);
  const bodyLimit = integer('FANGXIN_BODY_LIMIT', 262_144, 1_073_741_824);
  if (bodyLimit < 1024) throw badSetting('FANGXIN_BODY_LIMIT', 'must be at least 1024 bytes');
  return {
    dataFolder: text('FANGXIN_DATA', './data'),
    host: text('FANGXIN_HOST', '127.0.0.1'),
    port: integer('FANGXIN_PORT', 3000, 65_535),
    engine,
    rulesFile: environment['FANGXIN_RULES'] === undefined ? undefined : text('FANGXIN_RULES', ''),
    alertsFile: environment['FANGXIN_ALERTS'] === undefined ? undefined : text('FANGXIN_ALERTS', ''),
    matchingFile: environment['FANGXIN_MATCHING'] === undefined ? undefined : text('FANGXIN_MATCHING', ''),
    remindersFile: environment['FANGXIN_REMINDERS'] === undefined ? undefined : text('FANGXIN_REMINDERS', ''),
    adminKey: environment['FANGXIN_ADMIN_KEY'] === undefined ? undefined : adminKey(text('FANGXIN_ADMIN_KEY', '')),
    bodyLimit,
    evidenceLimit: integer('FANGXIN_EVIDENCE_LIMIT', 20_971_520, 1_073_741_824),
    rateLimit: integer('FANGXIN_RATE_LIMIT', 1_200_000, 1_000_000_000),
    anonymousRateLimit: integer('FANGXIN_ANONYMOUS_RATE_LIMIT', 6_000, 1_000_000_000),
    logLevel: logLevel as Settings['logLevel'],
  };
}

/** A bearer token travels in a header: visible ASCII without spaces. */
function adminKey(value: string): string {
  if (!/^[\x21-\x7e]+$/.test(value)) throw badSetting('FANGXIN_ADMIN_KEY', 'must be visible ASCII without spaces');
  return value;
}

function badSetting(name: string, reason: string): Failure {
  return new Failure('BAD_SETTING', `${name} ${reason}`);
}
