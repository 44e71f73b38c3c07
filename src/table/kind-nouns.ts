const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * Nouns for kinds of things that documents are about. A question may call a table's rows so though no document
 * does; other nouns that name no field, no value and no row are not understood.
 */
export const kindNouns: ReadonlySet<string> = words(`
  account agency agreement aircraft airline airport album animal annex apartment application area article artist artwork
  asset association athlete auction author award bank battle bill bond book brand bridge brochure budget building bulletin
  business call campaign car case castle catalogue centre certificate charity church circuit city claim client clinic club
  collection college commission committee community company compound conference contract convention cooperative
  corporation country county course court creditor customer dataset deal debtor decision declaration defendant department
  deposit device disaster disease district division donor drug earthquake economy election employer enterprise episode
  equipment establishment estate event exhibition experiment exporter facility factory family farm festival film filing
  filer firm flight form foundation fund game garden gene grant group guideline hearing holding home hospital hotel house
  household incident individual industry initiative inspection installation institute institution insurer invention
  investigation investment invoice island issuer job journal judgment jurisdiction lake language law lawsuit lease lecture
  letter library licence license listing loan location lot machine magazine manual manufacturer market match material
  meeting member memo message mine ministry mission model monument mountain movie municipality museum nation newspaper
  note notice novel office operator opinion order organisation organization paper parish park partner party patent patient
  permit person petition place plan planet plant platform player podcast policy port position post prison procedure
  producer product programme program project property proposal protein province publication publisher purchase railway
  recall recipe region regulation release reptile request reservoir resort restaurant retailer review river road route
  ruling sale school section seller series service settlement ship shop show site society song species sponsor stadium
  standard star startup state statement station stock store street study subsidiary supplier survey system talk team
  tender territory test textbook theatre thesis ticket tower town track trade train transaction transcript treaty trial
  tunnel university upgrade vehicle vendor venue version vessel village vineyard volcano vulnerability warehouse website
  wine work writer zone
`);
