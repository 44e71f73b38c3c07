/** A plan that cannot run over the catalog: an unknown table, column, period or entity, or a wrong type. */
export class PlanError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PlanError';
  }
}
