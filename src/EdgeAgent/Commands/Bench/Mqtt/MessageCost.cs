namespace EdgeAgent.Commands.Bench.Mqtt;

/// <summary>CPU time and allocation between two moments, by message.</summary>
internal readonly record struct MessageCost(long Messages, double CpuUs, double Bytes, double PerSecond)
{
    public double WholeBytes => Math.Floor(Math.Max(Bytes, 0));

    /// <summary>Takes the figures now; <see cref="Since"/> gives the difference.</summary>
    public static Mark Now(TimeProvider time, long messages) =>
        new(messages, CpuTime.OfThisProcess(), GC.GetTotalAllocatedBytes(precise: true), time.GetTimestamp());

    public static MessageCost Since(in Mark start, TimeProvider time, long messages)
    {
        Mark end = Now(time, messages);
        long count = end.Messages - start.Messages;
        return new MessageCost(
            count,
            (end.Cpu - start.Cpu).TotalMicroseconds / count,
            (end.AllocatedBytes - start.AllocatedBytes) / (double)count,
            count / time.GetElapsedTime(start.Timestamp, end.Timestamp).TotalSeconds);
    }

    internal readonly record struct Mark(long Messages, TimeSpan Cpu, long AllocatedBytes, long Timestamp);
}
