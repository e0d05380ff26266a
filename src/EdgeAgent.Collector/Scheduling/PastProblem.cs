namespace EdgeAgent.Collector.Scheduling;

/// <summary>One problem, from when to when.</summary>
/// <param name="FromTicks">When it began, see <see cref="Core.Model.UnixTicks"/>.</param>
/// <param name="UntilTicks">When it was over; null while it lasts.</param>
/// <param name="Text">What was wrong, for people.</param>
/// <param name="Count">How often it was met.</param>
public readonly record struct PastProblem(long FromTicks, long? UntilTicks, string Text, int Count);
