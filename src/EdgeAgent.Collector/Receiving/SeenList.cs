using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Receiving;

/// <summary>Devices that sent something and are not configured: kept for the status page, and each logged once.</summary>
internal sealed partial class SeenList(TimeProvider time, ILogger logger)
{
    /// <summary>A wildcard over a whole site brings thousands; the first thousand show well enough what is there.</summary>
    public const int DevicesMax = 1000;

    private const int ExampleMax = 120;

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public IReadOnlyList<SeenDevice> Devices
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries.Select(entry => new SeenDevice(
                    entry.Key, entry.Value.FirstTicks, entry.Value.LastTicks, entry.Value.Messages, entry.Value.Example))];
            }
        }
    }

    /// <param name="name">How it names itself, in the words of the configuration.</param>
    /// <param name="sent">What it sent.</param>
    public void Note(ReadOnlySpan<char> name, ReadOnlySpan<byte> sent)
    {
        long now = UnixTicks.Now(time);
        string example;
        lock (_entries)
        {
            if (_entries.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out Entry? entry))
            {
                entry.LastTicks = now;
                entry.Messages++;
                return;
            }

            if (_entries.Count == DevicesMax)
            {
                return;
            }

            example = Printable(sent);
            _entries.Add(name.ToString(), new Entry { FirstTicks = now, LastTicks = now, Messages = 1, Example = example });
        }

        LogSeen(logger, name.ToString(), example);
    }

    private static string Printable(ReadOnlySpan<byte> sent)
    {
        string text = string.Create(Math.Min(sent.Length, ExampleMax), sent, static (chars, bytes) =>
        {
            for (int i = 0; i < chars.Length; i++)
            {
                chars[i] = bytes[i] is >= 0x20 and < 0x7F ? (char)bytes[i] : '.';
            }
        });
        return sent.Length > ExampleMax ? text + "..." : text;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "'{Device}' sends here and is not configured; it sent: {Example}")]
    private static partial void LogSeen(ILogger logger, string device, string example);

    private sealed class Entry
    {
        public long FirstTicks;
        public long LastTicks;
        public long Messages;
        public required string Example;
    }
}
