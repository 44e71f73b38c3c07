/** Sets of words that many patterns share. */
export const macros: Readonly<Record<string, string>> = {
  more: 'more|greater|higher|larger|bigger|longer|taller|heavier|older|wider|deeper|faster|stronger|farther|further|richer|steeper',
  fewer: 'less|fewer|lower|smaller|shorter|lighter|younger|cheaper|narrower|slower|shallower|weaker|poorer',
  rise: 'change|increase|rise|improvement|gain',
  drop: 'decrease|decline|drop|fall|reduction|loss',
  increased:
    'gain|gained|increase|increased|increasing|raise|raised|grow|growing|boost|boosted|expand|expanded|improve|improved|rise|climb|climbed|go up|went up',
  decreased:
    'lose|lost|decrease|decreased|decreasing|reduce|reduced|shrink|shrank|shrunk|decline|declined|fall|drop|dropped|go down|went down|cut|lower|lowered',
  percentual: 'percentage|percent|relative|proportional|percentual|%',
  yearly: 'year over year|year on year|yearly|annual|yoy',
  have: 'have|possess|show|exhibit|feature|record|report|boast|display|enjoy|post|suffer|experience|undergo|sustain|incur|command|register|count|suffered|experienced|recorded|reported|showed|saw|posted|registered|enjoyed|exhibited|displayed|sustained|counted',
  state:
    'state|report|list|give|have|name|declare|mention|specify|provide|disclose|indicate|record|include|contain|show|offer',
  stated:
    'stated|reported|listed|given|available|known|present|recorded|noted|logged|measured|determined|provided|specified|disclosed|defined|documented|mentioned|declared|published|filled in|not missing|not null|not empty',
  missing:
    'missing|unknown|absent|unstated|unreported|unavailable|blank|empty|null|not stated|not reported|not listed|not given|not available|not known|not recorded|not provided|not specified|not disclosed|not defined|not mentioned|not noted|not logged|not measured|not determined|undetermined',
  happened:
    'take place|took place|taking place|occur|occurred|occurring|happen|happened|happening|be reported|be recorded|be dated|date from|be committed|be carried out',
  situated:
    'located|based|situated|headquartered|found|held|conducted|occurring|happening|registered|listed|classified|categorised|categorized|filed|placed|domiciled|grouped|incorporated|published|made|produced|taking place|carried out|belonging|lying|sitting|set|seated',
  placed: 'in|from|within|at|of|on|inside|under|for|to|during|throughout|off',
  whose: 'whose|where|for which|in which|with|of which',
  among:
    'among|amongst|of|out of|from among|from|within|for|across|considering|considering only|considering just|looking at|looking only at|restricted to|limited to|taking|taking only|in|on|only|only among|only considering|given|over',
  over: 'of|over|across|among|for|in|from|within|amongst|throughout|at|taken over|taken across|calculated over|calculated across|computed over|computed across|measured over|measured across|, taken over|, taken across|, over|, across|, calculated over|, among',
  list: 'list|show|give|name|find|identify|return|display|enumerate|provide|get|report|state|tell|print|output|select|retrieve|present|extract|what be|which be|who be|give me|show me|tell me|find me|list out|i want|i need',
  compute:
    'calculate|compute|determine|find|give|report|state|show|tell|what be|how much be|how large be|how high be|how big be|work out|estimate|give me|tell me|provide|return|obtain|derive|get|how long be|how great be|how wide be',
  portion: 'percentage|percent|share|proportion|part|portion|%',
  same: 'same figure|corresponding figure|figure|value|average|same value|mean|median|total',
  happen:
    'take place|occur|happen|fall|be|be located|located|lie|come from|be reported|belong|be found|appear|be listed|exist|be based|be made|be filed|originate|occurred|happened|be published|be in',
  falling:
    'descending|decreasing|falling|from highest to lowest|from largest to smallest|from high to low|highest first|largest first|longest first|most first|biggest first|greatest first|best first|oldest first|latest first|newest first|most recent first|highest to lowest|largest to smallest|starting with highest|starting with largest|starting from highest|starting from largest|beginning with largest|beginning with highest|beginning with longest|starting with longest|from highest down|from top down|from largest down|from most down',
  rising:
    'ascending|increasing|rising|from lowest to highest|from smallest to largest|from low to high|lowest first|smallest first|shortest first|fewest first|worst first|least first|cheapest first|earliest first|oldest date first|youngest first|lowest to highest|smallest to largest|from lowest up|from bottom up|from smallest up|starting with lowest|starting with smallest|starting from lowest|starting from smallest|beginning with smallest|beginning with lowest',
};
