import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { EvidenceGroup } from "../../features/evidence/contract.ts";
import { loadAxis, loadStates, percent, rangeOf } from "../charts/load.ts";
import { Mark } from "../charts/mark.tsx";
import { useRangeStyles } from "../charts/range-styles.ts";
import { percentOf } from "../charts/scale.ts";
import { notShown } from "../combined/words.ts";
import { number, sentence } from "../parts/words.ts";

export interface LoadTableProps {
  /** "Area" or "Place". */
  readonly what: string;
  readonly rows: readonly EvidenceGroup[];
}

const useStyles = makeStyles({
  region: { overflowX: "auto", ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` }, "@media print": { overflowX: "visible" } },
  table: {
    width: "100%",
    minWidth: "62rem",
    borderCollapse: "collapse",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    "@media print": { minWidth: 0 },
  },
  cell: { textAlign: "left", verticalAlign: "middle", padding: "3px 8px 3px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, fontWeight: tokens.fontWeightRegular },
  head: { fontWeight: tokens.fontWeightSemibold, verticalAlign: "bottom", maxWidth: "5.5rem" },
  number: { textAlign: "right" },
  row: { breakInside: "avoid" },
  strong: { fontWeight: tokens.fontWeightSemibold },
  oneLine: { whiteSpace: "nowrap" },
  chart: { width: "17%", padding: "0 8px" },
  track: { height: "22px", minWidth: "7rem" },
  bar: { height: "8px", top: "calc(50% - 4px)" },
  place: { position: "absolute", top: "calc(50% - 6px)", marginLeft: "-6px", lineHeight: 0 },
});

/** Short, since the heading says what they are states of. */
const stateWords = { below: "Below", in: "Within", above: "Above" } as const;

/** Loads drawn against the guide range within the table of their numbers, close enough for paper. */
export function LoadTable({ what, rows }: LoadTableProps) {
  const styles = useStyles();
  const most = Math.max(loadAxis, ...rows.map(({ last12Weeks }) => last12Weeks?.load ?? 0));
  const head = mergeClasses(styles.cell, styles.head);
  const numbers = mergeClasses(styles.cell, styles.number);
  const caption = `Figures by ${what.toLowerCase()}`;
  return (
    <div className={styles.region} role="region" aria-label={caption} tabIndex={0}>
      <table className={styles.table} aria-label={caption}>
        <thead>
          <tr>
            <th scope="col" className={head}>{what}</th>
            <th scope="col" className={mergeClasses(head, styles.number)}>Load</th>
            <th scope="col" className={mergeClasses(head, styles.chart)}>Guide range in grey</th>
            <th scope="col" className={head}>Range</th>
            <th scope="col" className={head}>In numbers, 12 weeks</th>
            <th scope="col" className={mergeClasses(head, styles.number)}>WTE needed</th>
            <th scope="col" className={mergeClasses(head, styles.number)}>Teams that answered</th>
            <th scope="col" className={mergeClasses(head, styles.number)}>Carried forward</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={row.name} className={mergeClasses(styles.row, place === 0 && styles.strong)}>
              <th scope="row" className={mergeClasses(styles.cell, place === 0 && styles.strong)}>{row.name}</th>
              <td className={numbers}>{row.last12Weeks === null ? notShown : percent(row.last12Weeks.load)}</td>
              <td className={mergeClasses(styles.cell, styles.chart)}><Drawing load={row.last12Weeks} most={most} /></td>
              <td className={styles.cell}>{row.last12Weeks === null ? notShown : stateWords[row.last12Weeks.state]}</td>
              <td className={mergeClasses(styles.cell, styles.oneLine)}>{row.last12Weeks === null ? row.words : sentence(row.last12Weeks.words)}</td>
              <td className={numbers}>{row.wteNeeded === null ? notShown : number(row.wteNeeded)}</td>
              <td className={numbers}>{row.teams}</td>
              <td className={numbers}>{row.carriedForward}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Drawing({ load, most }: { readonly load: EvidenceGroup["last12Weeks"]; readonly most: number }) {
  const styles = useStyles();
  const drawn = useRangeStyles();
  const range = rangeOf(load);
  if (load === null || range === null) return null;
  const at = (value: number) => percentOf(value, 0, most);
  const { shape, tone } = loadStates[load.state];
  return (
    <div className={mergeClasses(drawn.drawing, styles.track)} aria-hidden="true">
      <span className={drawn.band} style={{ left: `${at(range.low)}%`, width: `${at(range.high) - at(range.low)}%` }} />
      <span className={mergeClasses(drawn.bar, styles.bar, drawn[tone])} style={{ width: `${at(load.load)}%` }} />
      <span className={styles.place} style={{ left: `${at(load.load)}%` }}>
        <Mark shape={shape} tone={tone} />
      </span>
    </div>
  );
}
