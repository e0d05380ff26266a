/** A token's value in the colours that hold now. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

/** The theme that charts are made with, from the design's tokens. */
export function chartColours(): object {
  const ink = token('--ink')
  const ink2 = token('--ink-2')
  const line = token('--line')
  const axis = {
    axisLine: { lineStyle: { color: token('--line-strong') } },
    axisTick: { lineStyle: { color: token('--line-strong') } },
    axisLabel: { color: ink2 },
    nameTextStyle: { color: ink2 },
    splitLine: { lineStyle: { color: line } },
  }
  return {
    color: [1, 2, 3, 4, 5, 6, 7, 8].map((index) => token(`--series-${index}`)),
    backgroundColor: 'transparent',
    textStyle: { color: ink, fontFamily: token('--font') },
    title: { textStyle: { color: ink }, subtextStyle: { color: ink2 } },
    legend: { textStyle: { color: ink }, inactiveColor: token('--line-strong') },
    tooltip: { backgroundColor: token('--surface'), borderColor: line, textStyle: { color: ink } },
    categoryAxis: axis,
    valueAxis: axis,
    timeAxis: axis,
    logAxis: axis,
    dataZoom: { textStyle: { color: ink2 }, borderColor: line },
  }
}
