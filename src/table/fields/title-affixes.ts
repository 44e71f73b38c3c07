/** A beginning or end is the form's, not the name's, when so many titles share it. */
const sharedByAll = 0.8;
const fewestSharing = 3;
const sharedByLayout = 0.1;
const separators = /\s*(?::|\s[|–—-]|\s\/)\s+/u;

/** What the end of a title says of the document, not of what it is about: "Applegate University at a Glance". */
const documentEnding =
  /[\s,]+(?:at a glance|in brief|in figures|(?:quick |key )?facts(?: and figures)?|(?:fact|data|information|product|tech(?:nical)?|spec(?:ification)?)[ -]?sheets?|profile|overview|summary|synopsis|dossier|brochure|(?:annual|quarterly|monthly|yearly|interim|inspection|progress|final|status)?[ -]?reports?(?: and accounts)?|yearbook|steckbrief|datenblatt|jahresbericht|en bref|fiche)$/iu;

/** The same in Chinese, with the year that such an end is often of: "2023年年度报告". */
const hanEnding =
  /[\s:：·—–-]*(?:(?:19|20)\d{2}\s*年?)?(?:年度|半年度|第?[一二三四]季度|季度|中期|上半年)?(?:社会责任|可持续发展|财务|审计|业绩|工作|检验|检查|评估|调查|分析|总结)?(?:报告书|报告|年报|季报|简报|公报|公告|概况|简介|档案|说明书|资料)(?:全文|摘要|正文)?$/u;

/** "关于…的通报": what a Chinese notice is about. */
const hanSubject =
  /^关于(?:对|给予|印发|表彰|开展|公布)?(.{3,})的(?:情况)?(?:通报|公告|通知|报告|公示|决定|批复|复函|函|意见|说明|请示|提示|警示|处罚决定|调查报告)$/u;

/**
 * Titles without what the form of the documents adds to the names: "Municipality of Cronau" among municipalities is
 * "Cronau", "Results: Fellistat" is "Fellistat". What only some titles have ("University of …") is part of a name,
 * unless a separator sets it apart.
 */
export function withoutAffixes(titles: readonly (string | null)[]): (string | null)[] {
  const stated = titles.filter((title) => title !== null);
  if (stated.length < fewestSharing) return [...titles];
  const pieces = sharedPieces(stated);
  const cut = titles.map((title) => (title === null ? null : withoutEnding(withoutPieces(title, pieces))));
  const ending = commonHanEnding(cut.filter((title) => title !== null));
  const whole = cut.map((title) => (title === null ? null : withoutHanEnding(title, ending)));
  const layouts = layoutHanEndings(whole.filter((title) => title !== null));
  const named = whole.map((title) =>
    title === null || !layouts.has(ownEnding(title)) ? title : withoutHanEnding(title, ownEnding(title)),
  );
  const prefix = commonBeginning(named.filter((title) => title !== null));
  return named.map((title) => {
    if (title === null || prefix === '' || !title.startsWith(prefix)) return title;
    const rest = title.slice(prefix.length).trim();
    return isName(rest) ? rest : title;
  });
}

/** What documents are, at the end of a Chinese title. */
const hanDocument =
  /(?:记录|结果|报告|公告|通报|通知|决定|情况|信息|[表单书卡函证]|说明|摘要|纪要|档案|资料|合同|协议|病历|简历|清单)$/u;
/** What things are called, after which a document's own words begin. */
const hanThing = /^.*(?:项目|工程|公司|集团|银行|医院|学校|学院|大学|中心|小区)/u;
const shortestEnding = 3;

/** The characters with which (almost) all Chinese titles end, where they say what the documents are. */
function commonHanEnding(titles: readonly string[]): string {
  const [first = ''] = titles;
  let ending = '';
  for (let at = first.length - 1; at > 0; at -= 1) {
    const longer = first.slice(at);
    if (titles.filter((title) => title.endsWith(longer)).length < titles.length * sharedByAll) break;
    ending = longer;
  }
  const own = ending.replace(hanThing, '');
  return own.length >= shortestEnding && hanDocument.test(own) ? own : '';
}

/** What a Chinese title says behind the thing that it is about; empty where no such thing is in it. */
const ownEnding = (title: string): string => (hanThing.test(title) ? title.replace(hanThing, '') : '');

/** What one of several layouts says of its documents behind the things that they are about. */
function layoutHanEndings(titles: readonly string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const ending of titles.map(ownEnding)) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  const fewest = Math.max(fewestSharing, titles.length * sharedByLayout);
  return new Set(
    [...counts]
      .filter(
        ([ending, count]) => count >= fewest && ending.length >= shortestEnding && hanDocument.test(ending),
      )
      .map(([ending]) => ending),
  );
}

function withoutHanEnding(title: string, ending: string): string {
  const rest = ending !== '' && title.endsWith(ending) ? title.slice(0, -ending.length) : title;
  return isName(rest) ? rest : title;
}

const isName = (text: string): boolean => /^[\p{Lu}\p{Lo}\p{N}]/u.test(text) && /\p{L}{2}/u.test(text);

/** Parts set apart by a separator that many titles have. */
function sharedPieces(titles: readonly string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const title of titles) {
    const pieces = title.split(separators);
    if (pieces.length < 2) continue;
    for (const piece of new Set(pieces.map((each) => each.toLowerCase())))
      counts.set(piece, (counts.get(piece) ?? 0) + 1);
  }
  const fewest = Math.max(fewestSharing, titles.length * sharedByLayout);
  return new Set([...counts].filter(([, count]) => count >= fewest).map(([piece]) => piece));
}

function withoutPieces(title: string, shared: ReadonlySet<string>): string {
  const pieces = title.split(separators);
  const own = pieces.filter((piece) => !shared.has(piece.toLowerCase()));
  const [only] = own;
  return pieces.length > 1 && own.length === 1 && only !== undefined ? only.trim() : title;
}

/** "Kowalski v. Sterling Ltd., 2021 PSC 134": where a decision is found. */
const courtCitation = /,\s*[[(]?\d{4}[\])]?\s+[A-Z][A-Za-z.]{1,9}(?:\s\(?[A-Z][A-Za-z.]{1,9}\)?)?\s+\d+$/u;

function withoutEnding(title: string): string {
  const rest = title
    .replace(hanSubject, '$1')
    .replace(documentEnding, '')
    .replace(hanEnding, '')
    .replace(courtCitation, '');
  return rest.length > 2 && isName(rest) ? rest : title;
}

/** The words with which (almost) all titles begin; empty where they say all there is. */
function commonBeginning(titles: readonly string[]): string {
  const [first = ''] = titles;
  const words = first.split(/(?<=\s)/u);
  let prefix = '';
  for (const word of words.slice(0, -1)) {
    const longer = prefix + word;
    if (titles.filter((title) => title.startsWith(longer)).length < titles.length * sharedByAll) break;
    prefix = longer;
  }
  return prefix;
}

/** Words that sentences have and names seldom. */
const sentenceWords =
  /(?:^|\s)(?:re|fwd?|aw|your|our|has|have|is|are|was|were|been|for|versus|vs|with|from|to|in|against)(?:[:.\s]|$)/iu;
const mostWordsOfName = 6;
const fewestNames = 0.7;

/** Whether titles are names ("Aldermoor Industries") rather than subject lines ("Your ticket has been resolved"). */
export function areNames(titles: readonly (string | null)[]): boolean {
  const names = titles.filter(
    (title) => title !== null && title.split(/\s+/u).length <= mostWordsOfName && !sentenceWords.test(title),
  );
  return names.length >= titles.length * fewestNames;
}
