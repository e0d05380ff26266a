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
    }

    public List<DeviceHour> Rows { get; } = [];

    public ITimeSeriesStore Store { get; }

    /// <summary>Answers the one method that an assessment may call; any other is a failure of the test.</summary>
    public class OnlyDeviceHours : DispatchProxy
    {
        public List<DeviceHour> Rows { get; set; } = [];

        protected override object? Invoke(MethodInfo? method, object?[]? args) => (method?.Name, args) switch
        {
            (nameof(ITimeSeriesStore.ReadDeviceHoursAsync), [var site, int fromHour, int toHour, ..]) =>
                ValueTask.FromResult<IReadOnlyList<DeviceHour>>(
                    [.. Rows.Where(r => (site is null || r.Agent.Site == (string)site) && r.Account.Hour >= fromHour && r.Account.Hour < toHour)]),
            _ => throw new NotSupportedException($"An assessment has no business with {method?.Name}."),
        };
    }
}
