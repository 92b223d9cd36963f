import { makeStyles, mergeClasses, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  /** Numbers stand at the right. */
  readonly isNumber?: boolean;
  /** At least this wide, in rem; 8 when left out. */
  readonly width?: number;
}

export interface DataTableProps<T> {
  /** What the table holds, for people who hear it. */
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
}

/** A column that says nothing of it is this wide, in rem. */
const usual = 8;

const useStyles = makeStyles({
  region: { overflowX: "auto", ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
  head: { boxSizing: "border-box", verticalAlign: "bottom" },
  number: { textAlign: "right", "& > *": { justifyContent: "flex-end" } },
  cell: { paddingBlock: tokens.spacingVerticalS, verticalAlign: "top", height: "auto" },
});

/** Rows and columns, which scroll within a region of their own where the screen is narrow. */
export function DataTable<T>({ caption, columns, rows, keyOf }: DataTableProps<T>) {
  const styles = useStyles();
  const width = columns.reduce((sum, column) => sum + (column.width ?? usual), 0);
  return (
    <div className={styles.region} role="group" aria-label={caption} tabIndex={0}>
      <Table aria-label={caption} style={{ minWidth: `${width}rem` }} noNativeElements={false}>
        <TableHeader>
          <TableRow>
            {columns.map(({ title, isNumber = false, width: own = usual }) => (
              <TableHeaderCell
                key={title}
                scope="col"
                className={mergeClasses(styles.head, isNumber && styles.number)}
                style={{ width: `${own}rem` }}
              >
                {title}
              </TableHeaderCell>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={keyOf(row)}>
              {columns.map(({ title, cell, isNumber = false }) => (
                <TableCell key={title} className={mergeClasses(styles.cell, isNumber && styles.number)}>
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
