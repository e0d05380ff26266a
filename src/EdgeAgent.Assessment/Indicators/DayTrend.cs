namespace EdgeAgent.Assessment.Indicators;

/// <summary>One calendar day of Asia/Shanghai in the trend.</summary>
/// <param name="Total">N at the end of the day, with the categories and states that the ledger gives at the report instant.</param>
/// <param name="Networked">Counted assets that were networked in the window that ends with the day.</param>
/// <param name="Digital">Counted assets that were digital by evidence at the end of the day.</param>
/// <param name="Sending">Counted assets with good readings on the day itself.</param>
/// <param name="Good">Good readings on the day.</param>
/// <param name="Due">Readings that were due on the day by the accounts.</param>
public sealed record DayTrend(DateOnly Day, int Total, int Networked, int Digital, int Sending, long Good, long Due);
