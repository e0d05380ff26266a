using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Commands;

/// <summary>What `edgeagent buffer stat` prints for a person.</summary>
internal static class BufferReport
{
    public static string AsText(BufferSummary s, TimeProvider time)
    {
        StringBuilder text = new();
        void Line(string name, FormattableString value) =>
            text.Append(name.PadRight(14)).AppendLine(value.ToString(CultureInfo.InvariantCulture));
        Line("buffer", $"{s.Directory}");
        Line("incarnation", $"{s.Incarnation}, next sequence {s.NextSequence}");
        Line("pending", $"{s.PendingBatches:N0} batches, {s.PendingReadings:N0} readings, {s.PendingBytes / 1024.0:N0} KiB (file {s.FileBytes / 1024.0:N0} KiB)");
        if (s.OldestTicks is { } oldest && s.NewestTicks is { } newest)
        {
            TimeSpan age = TimeSpan.FromTicks(Math.Max(0, UnixTicks.Now(time) - oldest));
            Line("", $"from {Instant(oldest)} to {Instant(newest)}, the oldest is {age:d\\.hh\\:mm\\:ss} old");
        }

        Line("acknowledged", $"{s.AcknowledgedReadings:N0} readings");
        Line("discarded", $"{s.DiscardedReadings:N0} readings");
        bool balances = s.BufferedReadings == s.AcknowledgedReadings + s.PendingReadings + s.DiscardedReadings;
        Line("buffered", $"{s.BufferedReadings:N0} readings = acknowledged + pending + discarded: {(balances ? "balances" : "DOES NOT BALANCE")}");
        foreach (CursorSummary cursor in s.Cursors)
        {
            Line("publisher", $"{cursor.Name}: everything up to {cursor.Contiguous} is done");
        }

        foreach (DiscardSummary discard in s.Discards)
        {
            DiscardedRange r = discard.Range;
            string declared = discard.DeclaredIn is { } batch ? $"declared in batch {batch}" : "not declared yet";
            Line("given up", $"{r.FirstSequence} to {r.LastSequence} for {r.Reason}: {r.Readings:N0} readings of {r.Accounts.Select(a => a.Device).Distinct().Count()} devices, {declared}");
        }

        foreach (string path in s.SetAside)
        {
            Line("set aside", $"{path} (damaged)");
        }

        return text.ToString().TrimEnd();
    }

    public static string Instant(long ticks) => ticks is > 0 and < 2_500_000_000 * UnixTicks.PerSecond
        ? UnixTicks.ToDateTimeOffset(ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : "unknown";
}

internal sealed record BufferStatJson(
    string Directory, Guid Incarnation, long NextSequence, long PendingBatches, long PendingReadings, long PendingBytes, long FileBytes,
    long BufferedReadings, long AcknowledgedReadings, long DiscardedReadings, string? Oldest, string? Newest, string? AccountedUntil,
    IReadOnlyList<CursorSummary> Cursors, IReadOnlyList<DiscardSummary> Discards, IReadOnlyList<string> SetAside)
{
    public static BufferStatJson From(BufferSummary s) => new(
        s.Directory, s.Incarnation, s.NextSequence, s.PendingBatches, s.PendingReadings, s.PendingBytes, s.FileBytes,
        s.BufferedReadings, s.AcknowledgedReadings, s.DiscardedReadings, Text(s.OldestTicks), Text(s.NewestTicks),
        Text(s.AccountedUntilTicks), s.Cursors, s.Discards, s.SetAside);

    private static string? Text(long? ticks) => ticks is { } some ? BufferReport.Instant(some) : null;
}

internal sealed record BatchLineJson(
    long Sequence, string Created, string First, string Last, long Readings, int Bytes, bool Definition, string Hash, bool Whole);

internal sealed record ReadingLineJson(long Sequence, string Time, int Tag, string? Device, string? Name, string Value, string Quality);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BufferStatJson))]
[JsonSerializable(typeof(BatchLineJson))]
[JsonSerializable(typeof(ReadingLineJson))]
internal sealed partial class BufferJson : JsonSerializerContext;
