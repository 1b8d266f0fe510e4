import type { ReactNode } from "react";
import { ScrollFrame } from "./scroll-frame.tsx";

/** A column: its head and what it shows of a row. Figures are aligned to the end. */
export interface Column<Row> {
  readonly head: string;
  readonly end?: boolean;
  /** The column that takes the room that is left. */
  readonly grow?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** What stands below a row, across all columns. */
  readonly below?: (row: Row) => ReactNode;
  readonly foot?: ReactNode;
  /** A list as long as the page: its head stays in sight, and it does not scroll inside a frame of its own on wide screens. */
  readonly tall?: boolean;
}

/** A table that scrolls inside its own frame on narrow screens and keeps its head in sight on wide ones. */
export function DataTable<Row>({ label, columns, rows, rowKey, below, foot, tall = false }: Props<Row>) {
  return (
    <ScrollFrame label={label} className={`overflow-x-auto rounded-lg ${tall ? "xl:overflow-visible" : ""}`}>
      <table className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            {columns.map(({ head, end, grow }) => (
              <th
                key={head}
                scope="col"
                className={`${headStyle} ${tall ? stickyStyle : ""} ${end ? "text-right" : "text-left"} ${grow ? "w-full min-w-36" : ""}`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <DataRow key={rowKey(row)} row={row} columns={columns} below={below?.(row)} />
          ))}
        </tbody>
        {foot ? <tfoot>{foot}</tfoot> : null}
      </table>
    </ScrollFrame>
  );
}

const stickyStyle = "xl:sticky xl:top-12 xl:z-10";

const headStyle =
  "whitespace-nowrap border-b border-line bg-panel px-3 py-2 text-xs font-medium text-soft first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4 sm:first:pl-5 sm:last:pr-5";

interface RowProps<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly below: ReactNode;
}

function DataRow<Row>({ row, columns, below }: RowProps<Row>) {
  return (
    <>
      <tr className="group/row relative hover:bg-hover">
        {columns.map(({ head, end, cell }) => (
          <td
            key={head}
            className={`border-t border-line px-3 py-2 align-baseline group-first/row:border-t-0 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5 ${end ? "text-right" : ""}`}
          >
            {cell(row)}
          </td>
        ))}
      </tr>
      {below ? (
        <tr>
          <td colSpan={columns.length} className="border-t border-line bg-paper p-0">
            {below}
          </td>
        </tr>
      ) : null}
    </>
  );
}
