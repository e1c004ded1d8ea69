/** Types of the map page: its data, its state, its parts, and what it uses of Leaflet. */

/** The tables as the data block has them, with their columns; see payload.py for what each says. */
interface RawTables {
  mentions: any;
  articles: any;
  places: any;
  times: any;
  relations: any;
  shapes: any;
  rings: any;
  points: any;
  strings: string[];
  outlines: number[][][];
  skipped: Record<string, number>;
  /** how many mentions have a sentence that the file had no room for */
  left_out?: number;
  /** Full texts of articles, in their order, where the file carries them. */
  texts?: [string, string][];
  /** a person's steps and notes */
  chapters?: Draft;
  /** other names of each place, a line each */
  names?: string[];
  /** names of places in the page's language, by their rows */
  local?: Record<number, string>;
  originals?: Record<number, string>;
  widths?: Record<number, number>;
  story_ids: string[];
  phrases: string[];
  /** columns that are carried as they are: name, whether a number, whether shown; their cells are `carried` */
  heads: [string, number, number][];
  carried: any;
  record: string[];
  of_places: string[];
}

/** Typed columns; those of texts hold rows of `strings`. */
interface Data {
  /** Sorted by place, then by article, then by where they stand in it. */
  mentions: {
    article: Int32Array; place: Int32Array; start: Int32Array;
    snippet: Int32Array; mark: Int32Array; length: Int32Array;
    /** 0 literal, 1 associative */
    kind: Uint8Array; ambiguous: Uint8Array;
    /** 1 for a name that nobody locates: its place is the unit that it lies in, or nowhere */
    unlocated: Uint8Array;
    /** whole percent, -1 where there is none */
    confidence: Float64Array;
    /** that of the mention: 2 where it is near its place, 0 where it is nowhere */
    precision: Uint8Array;
    /** row of the relations, -1 for none */
    relation: Int32Array;
    why: Int32Array; surface: Int32Array;
    /** row of the times, 0 for none */
    told: Int32Array;
  };
  /** where something is, seen from the place that is named; each once */
  relations: {
    /** the phrase; its type by the order of RELATION_TYPES, -1 for none that is known */
    text: Int32Array; type: Int32Array;
    /** a point of what it describes, where `placed` is 1; kilometres of its extent, -1 where they are not known */
    placed: Int32Array; lat: Float64Array; lon: Float64Array; radius: Float64Array;
    /** row of the shapes, -1 for none */
    shape: Int32Array;
  };
  /** what relations describe, each once; see shapes.js */
  shapes: {
    kind: Int32Array;
    rings: { shape: Int32Array; part: Int32Array; size: Int32Array };
    points: { x: Int32Array; y: Int32Array };
  };
  told: Told;
  /** 1 for an article whose date is that of a copy of it */
  isBorrowed: Uint8Array;
  /** In the order of dates, undated last. */
  articles: {
    id: Int32Array; title: Int32Array; source: Int32Array; url: Int32Array; lang: Int32Array;
    /** days since 1970-01-01; nothing where precision is 0 */
    start: Int32Array; end: Int32Array;
    /** 0 unknown, 1 day, 2 week, 3 month, 4 year */
    precision: Uint8Array;
    /** number of the story that several articles tell, -1 where none */
    story: Int32Array;
    /** as the mention record has them; a size of 0 is none */
    date_source: Int32Array; story_size: Int32Array;
  };
  places: {
    id: Int32Array; name: Int32Array; lat: Float64Array; lon: Float64Array; feature: Int32Array;
    /** 1 exact, 2 near, 3 second-level unit, 4 first-level unit, 5 region, 6 country, 7 larger or water; 0 nowhere */
    precision: Uint8Array;
    radius: Float64Array; country: Int32Array; admin1: Int32Array; admin2: Int32Array;
    area: Int32Array; outline: Int32Array;
    /** row of the outline of the first-level unit that it lies in, or is; -1 for none */
    unit: Int32Array; river: Int32Array;
    /** other names under which the articles name it, rows of `strings` */
    spellings: number[][];
  };
  /** the story of each article; "" for none, and, on a large map, for one that nobody else tells */
  storyIds: string[];
  /** how long a told time is, and how exactly it is known: 0 nothing is said, else one more than a precision */
  times: { days: Int32Array; precision: Uint8Array };
  /** columns that the page draws nothing of; cells are rows of `strings`, numbers too */
  carried: { name: string; isNumber: boolean; isShown: boolean; rows: Int32Array }[];
  /** columns of the files of mentions; those that the record has of a place, but for its id */
  record: string[];
  ofPlaces: string[];
  /** what sentences say of when, by the times */
  phrases: string[];
  /** what else a gazetteer calls each place, a folded name a line; "" for none */
  names: string[];
  strings: string[];
  outlines: number[][][];
  skipped: Record<string, number>;
  /** names of places as the table has them, by the row of those that the page calls otherwise */
  given: Record<number, string>;
  /** how many mentions have a sentence that the file had no room for; their `snippet` is 0 */
  leftOut: number;
  /** pairs of an article's id and its text */
  texts: [string, string][] | null;
  /** ids of articles that are not on the page as they are, by the article's row */
  originals: Record<number, string>;
  /** code points of mentions that have not the length of their surface, by the mention's row */
  widths: Record<number, number>;
  /** Mentions of place i stand at firstMention[i] up to firstMention[i + 1]. */
  firstMention: Int32Array;
  hasStories: boolean;
}

/** When the sentences of mentions say that something was or will be: days since 1970-01-01, by the mention. */
interface Told {
  start: Int32Array; end: Int32Array;
  /** as that of articles: 0 where no day is told */
  precision: Uint8Array;
}

/** A kind of GeoJSON, and parts with rings of [lon, lat]. */
interface Shape { kind: string; parts: number[][][][]; }

/** Of a column of the mention record: name, and 1 or 0: whether a number, shown, needed, of the place. */
type SchemaColumn = [string, number, number, number, number];

/** Columns of a file that the page may open, those that only GIS files have, and how exactly places of some features are known. */
interface TableSchema { columns: SchemaColumn[]; made: string[]; areas: Record<string, number>; }

/** Columns of a file by their names, the line of each row, columns that hold texts for sure. */
interface OpenTable { columns: Map<string, any[]>; lines: number[]; words: Set<string>; }

/** A file as the page can begin with it. */
interface Opened { tables: any; meta: any; base?: any; }

interface Words { locale: string; strings: Record<string, any>; }

interface Meta {
  words: Words;
  title: string;
  subtitle: string;
  theme: string;
  version: string;
  counts: Record<string, number>;
  [option: string]: any;
}

type SizeBy = "mentions" | "articles" | "stories";
type Axis = "published" | "told";
type ViewId = string;

interface State {
  kinds: readonly string[];
  /** words of statuses, null for all */
  statuses: readonly string[] | null;
  /** whether articles without a date are shown, and, where the window is one of told times, mentions that
   * tell none; null: only while no window is set */
  undated: boolean | null;
  untold: boolean | null;
  sizeBy: SizeBy;
  /** which time the window is of */
  axis: Axis;
  /** first and last day of the window */
  from: number;
  to: number;
  /** row of a place, or -1 */
  selected: number;
  /** row of a country or unit of the territories, or -1; it counts while the view is "area" */
  area: number;
  /** row of an article that is shown alone, or -1 */
  article: number;
  view: ViewId | null;
  /** the view that was open before the ways to share the map, which lie over it */
  behind: ViewId | null;
  /** what is searched for; not in the address */
  query: string;
  /** ISO codes ("" for none), source names, precisions of places: null for all */
  countries: readonly string[] | null;
  sources: readonly string[] | null;
  /** tags of articles' languages, GeoNames' codes of features */
  langs: readonly string[] | null;
  features: readonly string[] | null;
  precisions: readonly number[] | null;
  /** least confidence, 0 to 100 */
  confidence: number;
  copies: "each" | "once";
  /** whether described areas are drawn */
  described: boolean;
  /** what the map is compared with, as the address has it; "" for nothing */
  compare: string;
  /** whether the density of mentions is drawn */
  heat: boolean;
  /** how dates play: times as fast, and whether the window grows or moves */
  speed: number;
  /** how far a step of play goes: "bar", "day", "week" or "month" */
  step: string;
  grows: boolean;
  /** what a row of the table is, and the column it is sorted by ("-" before it: downwards) */
  rows: "mentions" | "places";
  order: string;
  /** row of the mention whose described area was asked for, or -1; not in the address */
  pointed: number;
  /** what the reader noted; not in the address */
  corrections: readonly Fix[];
  /** the step of the chapters that is read, from 0; -1 before the first, or where there are none */
  chapter: number;
}

/** A step beside the map: the address of its view, and what is said of it. */
interface DraftStep { title: string; text: string; view: string; }

/** A note at a row of the places, or, with -1, at a point. */
interface DraftNote { title: string; text: string; place: number; lat?: number; lon?: number; }

/** Chapters as a page has them, or as a person writes them; texts have an empty line between paragraphs. */
interface Draft { title: string; lead: string; steps: DraftStep[]; notes: DraftNote[]; }

/** What is written in this browser. */
interface DraftStore {
  draft: Draft;
  /** whether it is kept beyond this visit */
  isKept: boolean;
  /** whether anything was written here */
  isBegun: boolean;
  save(): void;
  /** the file that `--story` reads */
  file(): string;
}

/** The column of chapters. */
interface Chapters {
  steps: DraftStep[];
  /** once all is drawn */
  begin(): void;
  toPaper(draw: (scale: number) => HTMLCanvasElement): HTMLElement;
}

type FixAction = "wrong_place" | "not_a_place" | "move";

/** A row of the table of corrections, or what such a row says of a mention. */
interface Fix {
  scope?: string; action?: FixAction;
  article_id?: string; start?: number; end?: number; surface?: string; place_id?: string;
  new_place_id?: string; new_lat?: number; new_lon?: number; new_name?: string; note?: string;
  context?: string; nth?: number | "";
}

/** What can be done about a mention or a place, or what was noted about it. */
interface Corrector { ofMention(mention: number): HTMLElement; ofPlace(place: number): HTMLElement | null; }

/** Names that nobody locates: listed where they count. */
interface Unlocated {
  /** "3 of them named, not located", of those that count with some places, or with all; "" for none */
  words(places?: Iterable<number>): string;
  /** the same behind a dot */
  more(places?: Iterable<number>): string;
  /** what is counted at a place, those among it that are named there themselves given */
  total(place: number, own: number[]): any[];
  /** the list of their names, each with its sentences; nothing where there is none */
  section(places: number[], redraw: () => void): HTMLElement | null;
  /** open that list at a mention */
  show(mention: number): void;
  /** what the list of places ends with */
  listEnd(query: string): HTMLElement[];
  suggest(query: string): { title: string; items: Suggestion[] }[];
  /** of such a mention, nothing for others: its kind; how an article lists it; what can be wrong; what its record has of its own */
  tags(mention: number): HTMLElement | null;
  step(mention: number): { name: string; where: string; click: () => void } | null;
  actions(mention: number): FixAction[] | undefined;
  record(mention: number): Record<string, any>;
  /** cells of the table's column of places */
  column(): Int32Array;
  cell(at: number): string;
}

/** An item that was found by the name of this number. */
interface Found { item: number; name: number; fit: number; weight: number; }

interface Suggestion { value: number; words: any; kind?: "place" | "unlocated" | "article" | "town"; }

interface ComboboxOptions {
  id: string;
  label: string;
  placeholder?: string;
  suggest(query: string): { title: string; items: Suggestion[] }[];
  choose(suggestion: Suggestion, input: HTMLInputElement): void;
  /** Enter without a suggestion chosen */
  submit?(query: string): void;
  change?(query: string): void;
}

/** A way to choose among mentions; see facets.js. */
interface Facet {
  /** the state's */
  key: "article" | "kinds" | "statuses" | "undated" | "untold" | "countries" | "sources" | "langs" | "precisions" | "features" | "confidence" | "copies";
  /** the word of the address, and of geomap's option */
  name: string;
  /** whose rows its values belong to */
  of: "mentions" | "places" | "articles" | "article" | "dates" | "stories";
  /** what leaves nothing out */
  open: any;
  isOpen(value: any): boolean;
  /** 1 for each row that a value lets through */
  mark?(data: Data, value: any): Uint8Array;
  /** undefined where an address asks for nothing of it */
  fromLink(asked: URLSearchParams, context: LinkContext & { axis: Axis }): any;
  toLink(link: URLSearchParams, value: any, data: Data): void;
  chips(app: App, value: any): { words: string; undo: Partial<State> }[];
  /** whether the panel has it as a list */
  isListed?: boolean;
  /** of a list: its values on this map, that of a mention, one in words, whether one is what an address asks for */
  values?: any;
  valueOf?: any;
  word?: any;
  fits?(value: any, asked: string, context: LinkContext): boolean;
}

type Listener = (state: State, changed: Set<string>) => void;

interface Store {
  get(): State;
  set(patch: Partial<State>): void;
  listen(listener: Listener): void;
}

interface Filter {
  /** 1 where a mention is shown: in the window of dates, and over all dates */
  readonly now: Uint8Array;
  readonly all: Uint8Array;
  /** 1 where a mention has no date and is shown beside a window of dates; how many are, and how many are not shown there */
  readonly apart: Uint8Array;
  readonly beside: number;
  readonly hidden: number;
  update(state: State): void;
}

/** A rectangle of the view. */
interface Box { left: number; right: number; top: number; bottom: number; }

interface Tally {
  bands: Uint32Array[];
  /** sums of known confidences, in percent, and how many are known */
  sureness: Float64Array;
  known: Uint32Array;
  mentionTotal: Uint32Array;
  articleTotal: Uint32Array;
  storyTotal: Uint32Array;
  /** that of the totals by which sizes count */
  total: Uint32Array;
  /** 1 for each article that is counted */
  seen: Uint8Array;
  mentions: number;
  articles: number;
  stories: number;
  places: number;
}

interface Bins { edges: number[]; end: number; }

interface Days {
  known: boolean;
  first: number;
  last: number;
  bins: Bins;
  /** first and last day of an article; the window's ends lie at the ends of whole bins */
  firstKnown: number;
  lastKnown: number;
  /** whether a few lie before and after them */
  isCutBefore: boolean;
  isCutAfter: boolean;
}

/** A view of the panel. */
interface View {
  /** a text or a node */
  title: any;
  build(root: HTMLElement): void;
  /** where more steps of the dates may come, what is not seen may wait until they have: returns whether something does */
  update(isMoving?: boolean): boolean | void;
}

interface ViewEntry {
  id: ViewId;
  make(app: App): View;
  /** key of the text of its button in the toolbar; none for a view without one */
  tool?: string;
}

interface LinkContext { data: Data; axes: Record<Axis, Days>; views: string[]; first: State; countryName?: (iso: string) => string; territories?: Territory[]; comparisons?: string[]; chapters?: number; }

/** A country or a first-level unit that holds a place of the map. */
interface Territory {
  level: "country" | "unit";
  name: string;
  iso: string;
  /** row of a country in the base map, row of a unit in the outlines; -1 for none */
  row: number;
  outline: number;
  /** rows of places that are the territory itself, and of those that lie in it */
  own: number[];
  places: number[];
}

interface Territories {
  list: Territory[];
  /** rows in the list of the country and of the unit of each place, or -1 */
  countryOf: Int32Array;
  unitOf: Int32Array;
  /** row in the list of the territory that a place is itself, or -1 */
  ownOf: Int32Array;
  tally(tally: Tally, mask: Uint8Array, sizeBy: SizeBy, into?: Uint32Array): Uint32Array;
}

/**
 * A circle on the map: the place that it stands at and is named by, all of its places (more than one where
 * circles are joined), how much they count, where it lies in pixels of the whole world, its radius.
 */
interface Disc { i: number; members: number[]; count: number; x: number; y: number; radius: number; }

/** Counts of the other side, and how much more is shown than there, by places and by territories. */
interface Comparison {
  total: Uint32Array;
  change: Int32Array;
  ofTerritory: Int32Array;
  largest: { country: number; unit: number };
  sumOf(members: number[], column: ArrayLike<number>): number;
}

/** Which projection a view has: see projections.js. */
interface Projections {
  /** go to a middle; its nearness is the zoom of a map in Mercator */
  look(lat: number, lon: number, nearness: number, options?: any): void;
  /** the farthest view, which has room for the world and for some bounds */
  limit(bounds: any, padding: any): void;
  /** go to a middle at a zoom of a projection */
  show(crs: any, center: any, zoom: number, options?: any): void;
  drawSea(): void;
}

/** A number on the map: the name of its place and what else its tip says. */
interface Badge { text: string; box: Box; lines: string[]; }

interface App {
  meta: Meta;
  schema: TableSchema;
  /** the part of the panel that opens a file */
  openPart(): any[];
  base: any;
  data: Data;
  axes: Record<Axis, Days>;
  /** those of the axis that the window is of */
  readonly days: Days;
  map: any;
  state: Store;
  filter: Filter;
  /** what is shown now; the same object throughout */
  tally: Tally;
  scale: any;
  /** the state at first, before the address was read */
  first: State;
  views: string[];
  /** places drawn as circles, and as areas */
  points: number[];
  areas: number[];
  territories: Territories;
  /** totals by rows of territories, now and over all dates, and the largest of each level */
  areaTotals: { now: Uint32Array; all: Uint32Array; largest: { country: number; unit: number } };
  /** an earlier table: counts by places, and the places that it alone has */
  baseline: any;
  /** null while nothing is compared */
  compared: Comparison | null;
  /** what is drawn as circles, and how many places share one with others */
  circles: { discs: Disc[]; joined: number };
  /** where places lie in pixels of the whole world at the present zoom, or at another one */
  positions(zoom?: number): { x: Float64Array; y: Float64Array };
  /** the projections of a map that is not all in Mercator, else null */
  projections: Projections | null;
  /** close the key to make room on the map, or open it again where there is room; whether that changed anything */
  foldKey(isFolded: boolean): boolean;
  /** the lines of the tip of an element, its name first; where the pointer is, if it points there */
  tips: WeakMap<Element, (event: PointerEvent | null) => string[]>;
  /** where the tip of what has the focus belongs, if not at all of it */
  tipBox?(element: Element): Box | null;
  badges?: Badge[];
  /** the table as it is printed */
  paperTable?(): any[];
  /** the circle under the pointer, where circles are painted */
  pick?(event: PointerEvent): Disc | null;
  /** what a click on a circle does */
  openCircle(disc: Disc): void;
  /** which mentions describe an area, and how many do */
  described: any;
  /** move the map to a described area, by the row of its shape */
  showShape(row: number): void;
  /** a shape by its row */
  shapeOf(row: number): Shape;
  /** mentions of an article in the order of its text */
  trail(article: number): Int32Array;
  countryName(iso: string): string;
  countries: { iso: string; name: string }[];
  /** units and country around a place */
  where(place: number): string;
  labelPoint(place: number): [number, number];
  select(place: number, options?: { move?: boolean }): void;
  /** open the panel of a territory, by its row */
  selectArea(row: number): void;
  show(place: number, animate?: boolean): void;
  /** suggests places; made when first called */
  findPlaces(): (query: string, most?: number) => Suggestion[];
  /** suggests towns of the base map, likewise */
  findTowns(): (query: string) => Suggestion[];
  /** code points of a mention */
  widthOf(mention: number): number;
  corrector: Corrector;
  /** nothing on a page without such names */
  unlocated: Unlocated | null;
  /** whether corrections are kept beyond this visit */
  fixes: { isKept: boolean };
  /** nothing on a page without chapters; what the reader writes is the draft */
  chapters: Chapters | null;
  draft: DraftStore;
  notes?: { open(n: number, isSought: boolean): void };
  /** draw the pins of notes, for a picture */
  paintNotes?(context: CanvasRenderingContext2D): void;
  /** the western edge of the map, in degrees; longitudes of places are those that are drawn, from there to the east */
  west: number;
  /** rings of the outline of a unit, by its row */
  outline(row: number): number[][][];
  /** draw the names anew, and circles in the theme's colours; dots are painted if there are many */
  relabel(): void;
  repaint(): void;
  paintDots?(context: CanvasRenderingContext2D): void;
  extentBounds?: any;
}

/** Leaflet 1.9; its objects are not typed here. */
declare const L: any;
interface Window {
  map_geomap: any;
  /** what was read from a file, and is to be shown instead of the page's own data */
  geomap_opened?: Opened | null;
}
