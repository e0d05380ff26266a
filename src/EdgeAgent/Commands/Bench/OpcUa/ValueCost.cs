namespace EdgeAgent.Commands.Bench.OpcUa;

/// <summary>CPU time and allocation between two moments, by value; of this process, and of the server apart.</summary>
internal readonly record struct ValueCost(long Values, double CpuUs, double ServerCpuUs, double Bytes, double PerSecond)
{
    /// <summary>Takes the figures now; <see cref="Since"/> gives the difference.</summary>
    public static Mark Now(OpcUaSource source, TimeProvider time, long values) => new(
        values, CpuTime.OfThisProcess(), CpuTime.OfProcess(source.ProcessId), GC.GetTotalAllocatedBytes(precise: true), time.GetTimestamp());

    public static ValueCost Since(in Mark start, OpcUaSource source, TimeProvider time, long values)
    {
        Mark end = Now(source, time, values);
        double count = end.Values - start.Values;
        return new ValueCost(
            (long)count,
            (end.Cpu - start.Cpu).TotalMicroseconds / count,
            (end.ServerCpu - start.ServerCpu).TotalMicroseconds / count,
            (end.AllocatedBytes - start.AllocatedBytes) / count,
            count / time.GetElapsedTime(start.Timestamp, end.Timestamp).TotalSeconds);
    }

    internal readonly record struct Mark(long Values, TimeSpan Cpu, TimeSpan ServerCpu, long AllocatedBytes, long Timestamp);
}
