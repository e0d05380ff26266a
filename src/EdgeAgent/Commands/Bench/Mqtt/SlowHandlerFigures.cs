namespace EdgeAgent.Commands.Bench.Mqtt;

/// <summary>What stood in memory behind a slow handler.</summary>
internal readonly record struct SlowHandlerFigures(double GrownMegabytes, long MessagesAhead);
