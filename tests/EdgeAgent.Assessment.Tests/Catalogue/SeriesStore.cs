using System.Reflection;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Tests.Catalogue;

/// <summary>A store that knows series and hourly accounts; any other question is a failure of the test.</summary>
public class SeriesStore : DispatchProxy
{
    private IReadOnlyList<SeriesInfo> _series = [];
    private IReadOnlyList<DeviceHour> _hours = [];

    public static ITimeSeriesStore Of(IReadOnlyList<SeriesInfo> series, IReadOnlyList<DeviceHour> hours)
    {
        ITimeSeriesStore store = Create<ITimeSeriesStore, SeriesStore>();
        ((SeriesStore)store)._series = series;
        ((SeriesStore)store)._hours = hours;
        return store;
    }

    protected override object? Invoke(MethodInfo? method, object?[]? args) => method?.Name switch
    {
        nameof(ITimeSeriesStore.ListSeriesAsync) => ValueTask.FromResult(_series),
        nameof(ITimeSeriesStore.ReadDeviceHoursAsync) => ValueTask.FromResult<IReadOnlyList<DeviceHour>>(
            [.. _hours.Where(h => h.Account.Hour >= (int)args![1]! && h.Account.Hour < (int)args[2]!)]),
        _ => throw new NotSupportedException($"A catalogue has no business with {method?.Name}."),
    };
}
