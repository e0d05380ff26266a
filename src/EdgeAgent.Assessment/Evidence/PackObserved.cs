using System.Text.Json;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>What an assessment looks at besides the accounts, as the hub states it: sums of values by hour, newest readings, states, clocks.</summary>
/// <remarks>A verification takes it as given and says so; the raw samples and the batches let a person check any of it.</remarks>
internal sealed record PackObserved(
    IReadOnlyList<DeviceSource> Devices,
    IReadOnlyList<SeriesInfo> Series,
    IReadOnlyList<SeriesSums> Sums,
    IReadOnlyList<SeriesPoint> Last,
    IReadOnlyList<AgentChain> Chains,
    IReadOnlyList<StateTrace> States)
{
    public static PackObserved Of(Observations observed) => new(
        [.. observed.Devices.OrderBy(d => d.Agent.Agent, StringComparer.Ordinal).ThenBy(d => d.Device, StringComparer.Ordinal).ThenBy(d => d.Address, StringComparer.Ordinal).ThenBy(d => d.Asset, StringComparer.Ordinal)],
        [.. observed.Series.OrderBy(s => NameOf(s.Key), StringComparer.Ordinal)],
        [.. (observed.SeriesHours ?? []).GroupBy(h => h.Series).OrderBy(g => NameOf(g.Key), StringComparer.Ordinal)
            .Select(g => new SeriesSums(g.Key, [.. g.OrderBy(h => h.Hour).Select(h => new HourSum(h.Hour, h.Count, h.Min, h.Max, h.Sum))]))],
        [.. observed.Last.OrderBy(p => NameOf(p.Series), StringComparer.Ordinal)],
        [.. (observed.Chains ?? []).OrderBy(c => c.Agent.Agent, StringComparer.Ordinal).ThenBy(c => c.Incarnation)],
        [.. observed.States.OrderBy(s => NameOf(s.Series), StringComparer.Ordinal)]);

    public Observations With(AccountHistory accounts) => new()
    {
        Accounts = accounts,
        Devices = Devices,
        Series = Series,
        SeriesHours = [.. Sums.SelectMany(s => s.Hours.Select(h => new SeriesHour(s.Series, h.Hour, h.Count, h.Min, h.Max, h.Sum)))],
        Last = Last,
        Chains = Chains,
        States = States,
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, PackJson.Compact.PackObserved);

    /// <returns>Null when the bytes are no such statement.</returns>
    public static PackObserved? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PackJson.Compact.PackObserved);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string NameOf(SeriesKey key) => $"{key.Agent}/{key.Device}/{key.Tag}";
}

/// <summary>The hourly sums of one series.</summary>
internal sealed record SeriesSums(SeriesKey Series, IReadOnlyList<HourSum> Hours);

/// <summary>What the good numbers of one series in one hour come to.</summary>
internal readonly record struct HourSum(int Hour, int Count, double Min, double Max, double Sum);
