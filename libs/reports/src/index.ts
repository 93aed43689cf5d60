// Reports (举报): what can have happened to one. Nothing asks for it yet; the commands come with their own rules.
export * from './events.ts';
