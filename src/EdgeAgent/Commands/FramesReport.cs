using System.Globalization;
using System.Text;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Commands;

/// <summary>Prints what went to and came from devices.</summary>
internal static class FramesReport
{
    /// <summary>Bytes in a line, as dumps have them.</summary>
    private const int LineBytes = 32;

    /// <summary>A paragraph for each device, newest first.</summary>
    public static string Of(IReadOnlyList<TestReadResult> results)
    {
        var report = new StringBuilder();
        foreach (IGrouping<string, TestReadResult> device in results.GroupBy(result => result.Device))
        {
            IReadOnlyList<WireFrame> frames = device.Last().Frames;
            report.AppendLine().AppendLine().Append(device.Key).Append(frames.Count == 0 ? ": nothing was sent and nothing came." : ":");
            foreach (WireFrame frame in frames)
            {
                Add(report, frame);
            }
        }

        return report.ToString();
    }

    public static IReadOnlyList<ReadFrameJson> JsonOf(IReadOnlyList<WireFrame> frames) =>
    [
        .. frames.Select(frame => new ReadFrameJson(
            UnixTicks.ToDateTimeOffset(frame.AtTicks), frame.Sent, frame.Bytes, Convert.ToHexString(frame.Start.Span), frame.Text, frame.Meaning)),
    ];

    private static void Add(StringBuilder report, in WireFrame frame)
    {
        report.AppendLine().Append(
            CultureInfo.InvariantCulture, $"  {UnixTicks.ToDateTimeOffset(frame.AtTicks):HH:mm:ss.fff}Z {(frame.Sent ? "-->" : "<--")} {frame.Bytes,5} bytes  {frame.Meaning}");
        if (frame.Text is { } text)
        {
            report.AppendLine().Append("      ").Append(text.Replace("\n", "\n      ", StringComparison.Ordinal));
            return;
        }

        foreach (byte[] line in frame.Start.ToArray().Chunk(LineBytes))
        {
            report.AppendLine().Append("      ").AppendJoin(' ', line.Select(value => value.ToString("X2", CultureInfo.InvariantCulture)));
        }
    }
}
