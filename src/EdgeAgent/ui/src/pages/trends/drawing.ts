import type { Point, TrendSeries } from './types'

/** A point of a line; null breaks it. */
export type Drawn = [number, number | null]

/**
 * The points of a line that is never drawn over a gap: at each gap the line ends, and before that the value is held until the gap begins.
 * Where readings are merely absent because nothing changed, the value is held until the next one.
 */
export function lineOf(series: TrendSeries, pick: (point: Point) => number | null | undefined = (point) => point.v): Drawn[] {
  const line: Drawn[] = []
  let gap = 0
  let last: number | null = null
  for (const point of series.points) {
    gap = breakAt(line, series, gap, point.t, last)
    const value = pick(point) ?? null
    line.push([point.t, value])
    last = value
  }
  breakAt(line, series, gap, Number.POSITIVE_INFINITY, last)
  return line
}

function breakAt(line: Drawn[], series: TrendSeries, gap: number, until: number, last: number | null): number {
  for (; gap < series.gaps.length && series.gaps[gap]!.from < until; gap++) {
    if (line.length === 0) continue
    const { from } = series.gaps[gap]!
    if (last !== null) line.push([from, last])
    // At the very begin: a line of steps holds its value up to the point that breaks it.
    line.push([from, null])
    last = null
  }
  return gap
}

/** Whether the chart shows how far values went within each point, because the store summed them up. */
export const isSummed = (series: TrendSeries): boolean => series.points.some((point) => point.min !== undefined)
