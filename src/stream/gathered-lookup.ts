interface Asker<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Answers many with few queries: whoever asks while as many lookups as there may be are under way is gathered, and is
 * asked for together with the others as soon as one of them ends. A thousand clients that come back at once take a few
 * connections, and not for long.
 */
export class GatheredLookup<Question, Answer> {
  private readonly waiting: Asker<Question, Answer>[] = [];
  private underWay = 0;

  /**
   * @param lookUp answers all of the questions, in their order; when it fails, it has failed for all of them
   * @param places how many lookups may be under way
   * @param size how many questions a lookup takes
   */
  constructor(
    private readonly lookUp: (questions: readonly Question[]) => Promise<readonly Answer[]>,
    private readonly places: number,
    private readonly size: number,
  ) {}

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      void this.goOn();
    });
  }

  private async goOn(): Promise<void> {
    if (this.underWay === this.places) return;
    this.underWay += 1;
    while (this.waiting.length > 0) await this.answer(this.waiting.splice(0, this.size));
    this.underWay -= 1;
  }

  private async answer(askers: readonly Asker<Question, Answer>[]): Promise<void> {
    try {
      const answers = await this.lookUp(askers.map(({ question }) => question));
      askers.forEach(({ resolve }, place) => {
        resolve(answers[place] as Answer);
      });
    } catch (error) {
      for (const { reject } of askers) reject(error);
    }
  }
}
