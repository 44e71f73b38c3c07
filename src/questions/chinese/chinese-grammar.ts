import { addRowQuestions } from './ask-rows.ts';
import { addBestOfGroupQuestions } from './ask-best-of-groups.ts';
import { addDifferenceQuestions } from './ask-differences.ts';
import { addGroupQuestions } from './ask-groups.ts';
import { addShareQuestions } from './ask-shares.ts';
import { addYesNoQuestions } from './ask-yes-no.ts';
import { addGroupPhrases } from './groups.ts';
import { addNumberQuestions } from './ask-numbers.ts';
import { addClauses } from './clauses.ts';
import { addComparisons } from './comparisons.ts';
import { ChineseGrammar } from './context.ts';
import { addEverydayPhrases } from './everyday.ts';
import { addFigures } from './figures.ts';
import { addFrames } from './frames.ts';
import { addKnownRatios } from './known-ratios.ts';
import { addNumbers } from './numbers.ts';
import { addQuantities } from './quantities.ts';
import { addRows } from './rows.ts';
import { addTerms } from './terms.ts';

function build(): ChineseGrammar {
  const grammar = new ChineseGrammar({});
  for (const add of [
    addNumbers,
    addTerms,
    addQuantities,
    addComparisons,
    addClauses,
    addRows,
    addFigures,
    addRowQuestions,
    addNumberQuestions,
    addShareQuestions,
    addDifferenceQuestions,
    addYesNoQuestions,
    addGroupPhrases,
    addGroupQuestions,
    addBestOfGroupQuestions,
    addKnownRatios,
    addEverydayPhrases,
    addFrames,
  ])
    add(grammar);
  return grammar;
}

let shared: ChineseGrammar | null = null;

/** The grammar of Chinese questions; built once. */
export function chineseGrammar(): ChineseGrammar {
  shared ??= build();
  return shared;
}
