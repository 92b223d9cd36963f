import { makeStyles, mergeClasses, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  /** Numbers stand at the right. */
  readonly isNumber?: boolean;
  /** At least this wide, in rem; 8 when left out. */
  readonly width?: number;
  /** True where the cell says by itself what it is: a row that is stacked gives it no label. */
  readonly isPlain?: boolean;
}

export interface DataTableProps<T> {
  /** What the table holds, for people who hear it. */
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /**
   * True for lists that are read row by row: on a narrow screen each row becomes a block of lines with their labels, and
   * nothing has to be scrolled sideways. Tables whose columns are compared scroll.
   */
  readonly stacks?: boolean;
}

/** A column that says nothing of it is this wide, in rem. */
const usual = 8;
const narrow = "@media (max-width: 640px)";

/** What the elements are, said once more: browsers take a table that is laid out otherwise for none. */
const roles = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  head: { role: "columnheader" },
  cell: { role: "cell" },
} as const;

const useStyles = makeStyles({
  region: { position: "relative", overflowX: "auto", ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
  head: { boxSizing: "border-box", verticalAlign: "bottom" },
  number: { textAlign: "right", "& > *": { justifyContent: "flex-end" } },
  cell: { paddingBlock: tokens.spacingVerticalS, verticalAlign: "top", height: "auto", overflowWrap: "anywhere" },
  stacked: { [narrow]: { display: "block", minWidth: "0 !important" } },
  stackedHead: { [narrow]: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" } },
  stackedRow: { [narrow]: { display: "block", paddingBlock: tokens.spacingVerticalM } },
  stackedCell: {
    [narrow]: {
      display: "grid",
      gridTemplateColumns: "6rem minmax(0, 1fr)",
      alignItems: "start",
      justifyItems: "start",
      textAlign: "start",
      gap: tokens.spacingHorizontalM,
      paddingInline: 0,
      paddingBlock: tokens.spacingVerticalXXS,
      "::before": { content: 'attr(data-label) / ""', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
      ":empty": { display: "none" },
    },
  },
  stackedPlain: { [narrow]: { gridTemplateColumns: "minmax(0, 1fr)", "::before": { content: "none" } } },
});

/** Rows and columns, which scroll within a region of their own where the screen is narrow. */
export function DataTable<T>({ caption, columns, rows, keyOf, stacks = false }: DataTableProps<T>) {
  const styles = useStyles();
  const said = (of: keyof typeof roles) => (stacks ? roles[of] : {});
  const width = columns.reduce((sum, column) => sum + (column.width ?? usual), 0);
  return (
    <div className={styles.region} role="group" aria-label={caption} tabIndex={0}>
      <Table
        {...said("table")}
        aria-label={caption}
        className={mergeClasses(stacks && styles.stacked)}
        style={{ minWidth: `${width}rem` }}
        noNativeElements={false}
      >
        <TableHeader {...said("group")} className={mergeClasses(stacks && styles.stackedHead)}>
          <TableRow {...said("row")}>
            {columns.map(({ title, isNumber = false, width: own = usual }) => (
              <TableHeaderCell
                key={title}
                {...said("head")}
                scope="col"
                className={mergeClasses(styles.head, isNumber && styles.number)}
                style={{ width: `${own}rem` }}
              >
                {title}
              </TableHeaderCell>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody {...said("group")} className={mergeClasses(stacks && styles.stacked)}>
          {rows.map((row) => (
            <TableRow key={keyOf(row)} {...said("row")} className={mergeClasses(stacks && styles.stackedRow)}>
              {columns.map(({ title, cell, isNumber = false, isPlain = false }) => (
                <TableCell
                  key={title}
                  {...said("cell")}
                  data-label={title}
                  className={mergeClasses(
                    styles.cell,
                    isNumber && styles.number,
                    stacks && styles.stackedCell,
                    stacks && isPlain && styles.stackedPlain,
                  )}
                >
                  {cell(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
