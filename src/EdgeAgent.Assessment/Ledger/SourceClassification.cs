namespace EdgeAgent.Assessment.Ledger;

/// <summary>What a person decided about a device that sends although no asset claims it; until then no report is final.</summary>
/// <param name="Class">What it is, for instance 采集传输设备 or 环境传感器.</param>
public sealed record SourceClassification(string Agent, string Device, string Class, string Note = "");
