using System.Reflection;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Tests;

/// <summary>A store that holds nothing but hourly accounts, in the order in which a test put them there.</summary>
internal sealed class AccountStore
{
    public AccountStore()
    {
        Store = DispatchProxy.Create<ITimeSeriesStore, OnlyDeviceHours>();
        ((OnlyDeviceHours)Store).Rows = Rows;
        ((OnlyDeviceHours)Store).Devices = Devices;
    }

    public List<DeviceHour> Rows { get; } = [];

    /// <summary>Devices of which nothing but the definition is known.</summary>
    public List<DeviceSource> Devices { get; } = [];

    public ITimeSeriesStore Store { get; }

    /// <summary>Answers what an assessment of accounts may call; any other is a failure of the test.</summary>
    public class OnlyDeviceHours : DispatchProxy
    {
        public List<DeviceHour> Rows { get; set; } = [];

        public List<DeviceSource> Devices { get; set; } = [];

        protected override object? Invoke(MethodInfo? method, object?[]? args) => (method?.Name, args) switch
        {
            (nameof(ITimeSeriesStore.VisitDeviceHoursAsync), [var site, int fromHour, int toHour, DeviceHourVisitor visitor, ..]) => Visit((string?)site, fromHour, toHour, visitor),
            (nameof(ITimeSeriesStore.ListDevicesAsync), [var site, ..]) => ValueTask.FromResult<IReadOnlyList<DeviceSource>>([.. Devices.Where(d => site is null || d.Agent.Site == (string)site)]),
            (nameof(ITimeSeriesStore.ReadHourVersionsAsync), [int fromHour, int toHour, ..]) => ValueTask.FromResult<IReadOnlyList<HourVersion>>(
                [.. Rows.Where(r => r.Account.Hour >= fromHour && r.Account.Hour < toHour).GroupBy(r => r.Account.Hour).OrderBy(g => g.Key).Select(g => new HourVersion(g.Key, g.Count()))]),
            (nameof(ITimeSeriesStore.ReadSeriesHoursAsync), _) => ValueTask.FromResult<IReadOnlyList<SeriesHour>>([]),
            (nameof(ITimeSeriesStore.ListAgentsAsync), _) => ValueTask.FromResult<IReadOnlyList<AgentKey>>([]),
            (nameof(ITimeSeriesStore.ListSeriesAsync), _) => ValueTask.FromResult<IReadOnlyList<SeriesInfo>>([]),
            _ => throw new NotSupportedException($"An assessment has no business with {method?.Name}."),
        };

        private ValueTask Visit(string? site, int fromHour, int toHour, DeviceHourVisitor visitor)
        {
            Dictionary<DeviceSource, DeviceSource> sources = [];
            foreach (DeviceHour row in Rows.Where(r => (site is null || r.Agent.Site == site) && r.Account.Hour >= fromHour && r.Account.Hour < toHour))
            {
                DeviceSource source = new(row.Agent, row.Device, row.Asset, row.Driver, row.Address);
                visitor(sources.TryGetValue(source, out DeviceSource? known) ? known : sources[source] = source, row.Account);
            }

            return ValueTask.CompletedTask;
        }
    }
}
