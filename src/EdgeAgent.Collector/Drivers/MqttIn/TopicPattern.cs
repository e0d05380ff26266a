using System.Diagnostics.CodeAnalysis;
using System.Text;
using EdgeAgent.Protocols.Mqtt;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>A topic with captured levels: finds in the name of a topic which device it belongs to, and which value.</summary>
internal sealed class TopicPattern
{
    /// <summary>The capture that names the value and not the device.</summary>
    public const string MetricCapture = "{metric}";

    private readonly Level[] _levels;
    private readonly bool _endsOpen;

    private TopicPattern(string filter, Level[] levels, bool endsOpen) => (Filter, _levels, _endsOpen) = (filter, levels, endsOpen);

    /// <summary>What to subscribe to.</summary>
    public string Filter { get; }

    /// <summary>How many levels the id of a device has.</summary>
    public int Captures => _levels.Count(level => level.Kind == LevelKind.Device);

    public bool HasMetric => _levels.Any(level => level.Kind == LevelKind.Metric);

    public static bool TryParse(string text, [NotNullWhen(true)] out TopicPattern? pattern, out string problem)
    {
        pattern = null;
        string[] parts = text.Split('/');
        bool endsOpen = parts[^1] == "#";
        Level[] levels = [.. (endsOpen ? parts[..^1] : parts).Select(LevelOf)];
        string filter = string.Join('/', parts.Select(part => part.StartsWith('{') ? "+" : part));
        problem = levels.Any(level => level.Kind == LevelKind.Wrong) ? "a capture is a whole level such as {device}"
            : levels.Count(level => level.Kind == LevelKind.Metric) > 1 ? "{metric} occurs twice"
            : !levels.Any(level => level.Kind == LevelKind.Device) ? "no level is captured to tell devices apart"
            : !MqttTopic.IsFilter(filter) ? "this is no topic filter: '+' must fill a level, '#' must be the last one"
            : "";
        pattern = problem.Length == 0 ? new TopicPattern(filter, levels, endsOpen) : null;
        return pattern is not null;
    }

    /// <summary>Takes a topic apart.</summary>
    /// <param name="device">The captured levels joined by '/', written over the start of the given space.</param>
    /// <param name="metric">The level that names the value; empty when the pattern has none.</param>
    public bool TryMatch(ReadOnlySpan<byte> topic, Span<char> space, out ReadOnlySpan<char> device, out ReadOnlySpan<byte> metric)
    {
        device = default;
        metric = default;
        int length = 0;
        foreach (Level level in _levels)
        {
            if (topic.IsEmpty)
            {
                return false;
            }

            // The rest keeps its leading '/', so that an empty last level and no level can be told apart.
            ReadOnlySpan<byte> rest = topic[0] == (byte)'/' && !level.IsFirst ? topic[1..] : topic;
            int end = rest.IndexOf((byte)'/');
            ReadOnlySpan<byte> here = end < 0 ? rest : rest[..end];
            topic = end < 0 ? default : rest[end..];
            switch (level.Kind)
            {
                case LevelKind.Literal when !here.SequenceEqual(level.Text):
                    return false;
                case LevelKind.Metric:
                    metric = here;
                    break;
                case LevelKind.Device:
                    if (length > 0)
                    {
                        space[length++] = '/';
                    }

                    length += Encoding.UTF8.GetChars(here, space[length..]);
                    break;
            }
        }

        device = space[..length];
        return topic.IsEmpty || _endsOpen;
    }

    private static Level LevelOf(string text, int index) => text switch
    {
        "+" => new Level(LevelKind.Any, [], index == 0),
        MetricCapture => new Level(LevelKind.Metric, [], index == 0),
        ['{', .., '}'] when text.AsSpan(1, text.Length - 2).IndexOfAny('{', '}') < 0 && text.Length > 2 => new Level(LevelKind.Device, [], index == 0),
        _ when text.AsSpan().IndexOfAny('{', '}') >= 0 => new Level(LevelKind.Wrong, [], false),
        _ => new Level(LevelKind.Literal, Encoding.UTF8.GetBytes(text), index == 0),
    };

    private enum LevelKind : byte
    {
        Literal,
        Any,
        Device,
        Metric,
        Wrong,
    }

    private readonly record struct Level(LevelKind Kind, byte[] Text, bool IsFirst);
}
