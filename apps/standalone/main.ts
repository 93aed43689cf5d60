import 'reflect-metadata';
import { runService } from '#system/server';

await runService(process.env);
