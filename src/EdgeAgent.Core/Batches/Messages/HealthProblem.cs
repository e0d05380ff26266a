namespace EdgeAgent.Core.Batches;

/// <summary>A problem of a device, from when to when.</summary>
/// <param name="FromTicks">When it began.</param>
/// <param name="UntilTicks">When it was over; null while it lasts.</param>
/// <param name="Text">What was wrong, for people.</param>
/// <param name="Count">How often it was met.</param>
public sealed record HealthProblem(string Device, long FromTicks, long? UntilTicks, string Text, int Count);
