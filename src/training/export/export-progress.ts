/** How many tensors of the model are written. */
export interface ExportProgress {
  readonly done: number;
  readonly total: number;
}
