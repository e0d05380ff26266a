namespace EdgeAgent.Collector.Pipeline;

/// <summary>When a batch is full before its flush interval is over.</summary>
/// <param name="ReadingsMax">Readings in one batch.</param>
/// <param name="BytesMax">Estimated size: a quarter of a megabyte is far below any broker's packet limit and still
/// amortizes one signature and one transaction over thousands of readings.</param>
/// <param name="AccountsMax">Rows of accounts, which a start after a long stop brings in great numbers.</param>
internal readonly record struct BatchSizes(int ReadingsMax, int BytesMax = 256 * 1024, int AccountsMax = 4096);
