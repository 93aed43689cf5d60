export * from './commands.ts';
export * from './events.ts';
export * from './views/work-orders.ts';
export * from './work-order.ts';
export * from './work-orders.module.ts';
