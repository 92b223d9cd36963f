import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { ChartMultipleRegular, TableRegular } from "@fluentui/react-icons";
import { type ReactNode, useState } from "react";
import { DataTable, type DataTableProps } from "../parts/table.tsx";

const useStyles = makeStyles({
  figure: { margin: 0, display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: tokens.spacingVerticalM },
  head: {
    display: "flex",
    flexWrap: "wrap",
    justifyContent: "space-between",
    alignItems: "flex-start",
    gap: tokens.spacingHorizontalM,
  },
  summary: { color: tokens.colorNeutralForeground2, flex: "1 1 16rem", minWidth: 0, maxWidth: "70ch" },
  button: { "@media print": { display: "none" } },
});

export interface ChartProps<T> {
  /** What the chart says, in a sentence: it stands above the drawing and is read out with it. */
  readonly summary: ReactNode;
  /** The same figures as a table; its caption names the chart. */
  readonly table: DataTableProps<T>;
  /** The drawing. */
  readonly children: ReactNode;
}

/**
 * A drawing with the table behind it, and the button that changes between the two.
 *
 * The drawings here are HTML and SVG of our own, with percentages for sizes and theme tokens for colours. Tried instead:
 * LineChart of @fluentui/react-charts 9.3, which has no band across the values, loses its lines in forced colours,
 * keeps the screen's width in pixels when it is printed, gives every chart on a page the same ids, and weighs 95 KB.
 */
export function Chart<T>({ summary, table, children }: ChartProps<T>) {
  const styles = useStyles();
  const [isTable, setTable] = useState(false);
  return (
    <figure className={styles.figure} aria-label={table.caption}>
      <div className={styles.head}>
        <Text as="p" block className={styles.summary} style={{ margin: 0 }}>
          {summary}
        </Text>
        <Button
          size="small"
          className={styles.button}
          icon={isTable ? <ChartMultipleRegular /> : <TableRegular />}
          onClick={() => setTable(!isTable)}
          aria-label={`${isTable ? "Show as a chart" : "Show as a table"}: ${table.caption}`}
        >
          {isTable ? "Show as a chart" : "Show as a table"}
        </Button>
      </div>
      {isTable ? <DataTable {...table} /> : children}
    </figure>
  );
}
