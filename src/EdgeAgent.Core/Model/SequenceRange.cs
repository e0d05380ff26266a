namespace EdgeAgent.Core.Model;

/// <summary>An inclusive range of sequences.</summary>
public readonly record struct SequenceRange(long First, long Last);
