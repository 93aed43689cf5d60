/** A service on a data folder that nobody else holds, reachable by this process only. */
export interface LocalService {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Opens everything, as whoever can read the folder can read all of it; known to nobody else, gone with the process. */
  readonly key: string;
  close(): Promise<void>;
}

export interface OpenFolderOptions {
  /** Makes a folder that is not there; otherwise that is refused, as it is most likely a typing error. */
  readonly create: boolean;
  /** Something a person has to see: the administrator key of a new folder. */
  readonly tell: (line: string) => void;
}

export type OpenDataFolder = (folder: string, options: OpenFolderOptions) => Promise<LocalService>;
