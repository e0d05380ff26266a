namespace EdgeAgent.Collector.Scheduling;

/// <summary>How the tags of a group stood at one due instant.</summary>
internal readonly record struct InstantCounts(int Good, int Bad, int Missed, int Changed);
