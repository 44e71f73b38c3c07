const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * Nouns for kinds of things that documents are about. A question may call a table's rows so though no document
 * does; other nouns that name no field, no value and no row are not understood.
 */
export const kindNouns: ReadonlySet<string> = words(`
  accident account agency agreement aircraft airline airport album animal annex apartment application area article
  artist artwork asset association asteroid athlete auction author award bank battle beer bicycle bike bill bird boat
  bond book brand breed bridge brochure budget building bulletin business butterfly call campaign car case castle
  catalogue cave centre cereal certificate character charity cheese chip church circuit city claim client clinic club collection
  college collision comet commission committee community company compound computer concert conference contract
  convention cooperative corporation country county course court crash crater creditor crime customer dam dataset deal
  debtor decision declaration defendant department deposit device dinosaur disaster disease dish district division dog
  donor drug earthquake economy election employer enterprise episode equipment eruption establishment estate event
  exhibition exoplanet expedition experiment explosion exporter facility factory family farm festival filer filing
  film firm fish flight flower form fossil foundation fruit fund galaxy game garden gene glacier grant group guideline
  hearing holding home hospital hotel house household hurricane incident individual industry initiative insect
  inspection installation institute institution insurer invention investigation investment invoice island issuer job
  journal judgment jurisdiction lake language laptop launch law lawsuit lease lecture letter library licence license
  lighthouse listing loan location lot machine magazine mammal manual manufacturer market match material meal meeting
  member memo message meteorite mine mineral ministry mission model monument motorcycle mountain movie municipality
  museum mushroom nation newspaper note notice novel occupation office opera operator opinion order organisation
  organization painting paper parish park partner party patent patient peak penguin permit person petition phone place
  plan plane planet plant platform player podcast poem policy port position post prison procedure processor producer
  product profession program programme project property proposal protein province publication publisher purchase quake
  railway recall recipe region regulation release reptile request reservoir resort restaurant retailer review river
  road rocket route ruling sale sandwich satellite school sculpture section seller series service settlement ship
  shipwreck shop show site skyscraper snake society song spacecraft species sponsor stadium stamp standard star
  startup state statement station statue stock store storm street strike study submarine subsidiary supplier survey
  system talk team telescope tender territory test textbook theatre thesis ticket tornado tower town track trade train
  transaction transcript treaty tree trial truck tunnel typhoon university upgrade vegetable vehicle vendor venue
  version vessel video village vineyard volcano voyage vulnerability warehouse waterfall website whale wine work wreck
  writer yacht zone
`);
