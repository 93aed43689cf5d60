// Work orders (工单): tickets of a hotline from receipt to closing.
export * from './commands.ts';
export * from './events.ts';
export * from './views/work-orders.ts';
export * from './work-order.ts';
export * from './work-orders.module.ts';
