/** So many programs are kept; each holds memory for its activations. */
const keptPrograms = 12;

/** Programs by the shape they are built for; those not used for longest are released. */
export class ProgramCache<Shape, Program extends { readonly release: () => Promise<void> }> {
  readonly #load: (shape: Shape) => Promise<Program>;
  readonly #programs = new Map<string, Program>();

  constructor(load: (shape: Shape) => Promise<Program>) {
    this.#load = load;
  }

  async get(shape: Shape): Promise<Program> {
    const key = JSON.stringify(shape);
    const known = this.#programs.get(key);
    if (known !== undefined) {
      // The order of a map is that of insertion: the oldest is the first.
      this.#programs.delete(key);
      this.#programs.set(key, known);
      return known;
    }
    for (const [oldest, program] of this.#programs) {
      if (this.#programs.size < keptPrograms) break;
      this.#programs.delete(oldest);
      await program.release();
    }
    const program = await this.#load(shape);
    this.#programs.set(key, program);
    return program;
  }

  async release(): Promise<void> {
    for (const program of this.#programs.values()) await program.release();
    this.#programs.clear();
  }
}
