import type { CorpusOfQuestions, QuestionGroup } from './question-group.ts';

/** The corpora of groups with questions under way: each is open until its last question is answered. */
export class OpenCorpora {
  readonly #writer: string | null;
  readonly #left = new Map<QuestionGroup, number>();
  readonly #opened = new Map<QuestionGroup, Promise<CorpusOfQuestions>>();

  constructor(tasks: readonly { readonly group: QuestionGroup }[], writer: string | null) {
    this.#writer = writer;
    for (const { group } of tasks) this.#left.set(group, (this.#left.get(group) ?? 0) + 1);
  }

  take(group: QuestionGroup): Promise<CorpusOfQuestions> {
    const opened = this.#opened.get(group) ?? group.open(this.#writer);
    this.#opened.set(group, opened);
    return opened;
  }

  release(group: QuestionGroup): void {
    const left = (this.#left.get(group) ?? 0) - 1;
    this.#left.set(group, left);
    if (left === 0) this.#close(group);
  }

  closeAll(): void {
    for (const group of this.#opened.keys()) this.#close(group);
  }

  #close(group: QuestionGroup): void {
    void this.#opened.get(group)?.then(
      (documents) => documents.close(),
      () => {},
    );
    this.#opened.delete(group);
  }
}
