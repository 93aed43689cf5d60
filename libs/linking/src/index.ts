// Linking (关联): what follows from one procedure in another by itself, as nothing is left to decide about it.
export { LinkingProcess, type LinkingProcessPorts } from './processes/linking-process.ts';
