using System.Buffers.Text;
using EdgeAgent.Protocols.Hj212;

namespace EdgeAgent.Collector.Drivers.Hj212;

/// <summary>Says what packets of HJ 212 mean.</summary>
internal static class Hj212FrameMeanings
{
    private const int TimeAsked = 1011, TimeSet = 1012, Heartbeat = 9015, DataAnswer = 9014, Answer = 9013;

    public static string? Of(bool sent, ReadOnlySpan<byte> start)
    {
        int at = start.IndexOf("CN="u8);
        return at < 0 || !Utf8Parser.TryParse(start[(at + 3)..], out int command, out _) ? null : command switch
        {
            Hj212Command.RealTime => "real-time data",
            Hj212Command.Minute => "data of minutes",
            Hj212Command.Hour => "data of an hour",
            Hj212Command.Day => "data of a day",
            DataAnswer => "data taken",
            Answer => "notice taken",
            Heartbeat => "sign of life",
            TimeAsked or TimeSet => "time of the instrument",
            _ => $"command {command}",
        };
    }
}
