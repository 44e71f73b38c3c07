import { addFrames } from './ask-frames.ts';
import { addDifferenceQuestions } from './ask-differences.ts';
import { addBestOfGroupsQuestions } from './ask-best-of-groups.ts';
import { addGroupQuestions } from './ask-groups.ts';
import { addListQuestions } from './ask-lists.ts';
import { addLookupQuestions } from './ask-lookups.ts';
import { addAnaphors } from './anaphors.ts';
import { addChosenGroupQuestions } from './ask-chosen-groups.ts';
import { addPlainLookups } from './ask-plain-lookups.ts';
import { addNumberQuestions } from './ask-numbers.ts';
import { addCumulativeQuestions } from './ask-sequences.ts';
import { addYesNoQuestions } from './ask-yes-no.ts';
import { addChangeAmounts } from './change-amounts.ts';
import { addChangeConditions } from './change-conditions.ts';
import { addComparisonRules } from './comparisons.ts';
import { addBeingRules } from './being-rules.ts';
import { addClauseRules } from './clause-rules.ts';
import { addHaveRules } from './have-rules.ts';
import { addLooseConditions } from './loose-conditions.ts';
import { addLooseLookups } from './loose-lookups.ts';
import { addLooseChanges } from './loose-changes.ts';
import { addLooseContrasts } from './loose-contrasts.ts';
import { addLooseShares } from './loose-shares.ts';
import { addLooseSpans } from './loose-spans.ts';
import { addLooseTails } from './loose-tails.ts';
import { addLooseRankings } from './loose-rankings.ts';
import { addLocationRules } from './location-rules.ts';
import { addVerbColumns } from './verb-columns.ts';
import { addVerbRules } from './verb-rules.ts';
import { addConjunctionRules } from './conjunctions.ts';
import type { AnalystGrammar, Context, Meanings } from './context.ts';
import { addDateRules } from './dates.ts';
import { Grammar } from './engine.ts';
import { addEndings } from './endings.ts';
import { addEverydayConditions } from './everyday-conditions.ts';
import { addEverydayEvents } from './everyday-events.ts';
import { addExtensions } from './extensions.ts';
import { addEras } from './eras.ts';
import { addFigureRules } from './figures.ts';
import { addGlosses } from './glosses.ts';
import { addGroupDetails } from './group-details.ts';
import { addGroupRules } from './group-values.ts';
import { addHypotheticals } from './hypotheticals.ts';
import { addInvertedClauses } from './inverted-clauses.ts';
import { macros } from './macros.ts';
import { addNumberRules } from './numbers.ts';
import { addPartConditions } from './part-conditions.ts';
import { addUnitConditions } from './unit-conditions.ts';
import { addPlaceRules } from './places.ts';
import { addProfitRules } from './profit-rules.ts';
import { addQuantityRules } from './quantities.ts';
import { addRecordQuestions } from './record-questions.ts';
import { addRowRules } from './rows.ts';
import { addStates } from './states.ts';
import { addStepRules } from './steps.ts';
import { addOrderSpans } from './order-spans.ts';
import { addSuperlativeRules } from './superlatives.ts';
import { addTermRules } from './terms.ts';
import { addTierRules } from './tiers.ts';

function build(): AnalystGrammar {
  const grammar = new Grammar<Meanings, Context>(macros);
  for (const add of [
    addNumberRules,
    addDateRules,
    addTermRules,
    addAnaphors,
    addQuantityRules,
    addComparisonRules,
    addHaveRules,
    addClauseRules,
    addInvertedClauses,
    addConjunctionRules,
    addVerbColumns,
    addLocationRules,
    addEras,
    addBeingRules,
    addVerbRules,
    addPartConditions,
    addUnitConditions,
    addChangeConditions,
    addChangeAmounts,
    addSuperlativeRules,
    addOrderSpans,
    addRowRules,
    addExtensions,
    addTierRules,
    addFigureRules,
    addGroupRules,
    addPlaceRules,
    addListQuestions,
    addLookupQuestions,
    addPlainLookups,
    addNumberQuestions,
    addDifferenceQuestions,
    addGroupQuestions,
    addBestOfGroupsQuestions,
    addChosenGroupQuestions,
    addCumulativeQuestions,
    addYesNoQuestions,
    addFrames,
    addEndings,
    addEverydayEvents,
    addGroupDetails,
    addStates,
    addRecordQuestions,
    addGlosses,
    addHypotheticals,
    addStepRules,
    addProfitRules,
    addLooseConditions,
    addEverydayConditions,
    addLooseRankings,
    addLooseLookups,
    addLooseTails,
    addLooseSpans,
    addLooseChanges,
    addLooseContrasts,
    addLooseShares,
  ])
    add(grammar);
  return grammar;
}

let shared: AnalystGrammar | null = null;

/** The grammar of analysts' questions; built once. */
export function analystGrammar(): AnalystGrammar {
  shared ??= build();
  return shared;
}
