using System.Reflection;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Tests.Catalogue;

/// <summary>Answers what series there are and leaves the accounts to another store.</summary>
public class SeriesStore : DispatchProxy
{
    private IReadOnlyList<SeriesInfo> _series = [];
    private ITimeSeriesStore? _accounts;

    public static ITimeSeriesStore Of(IReadOnlyList<SeriesInfo> series, ITimeSeriesStore accounts)
    {
        ITimeSeriesStore store = Create<ITimeSeriesStore, SeriesStore>();
        ((SeriesStore)store)._series = series;
        ((SeriesStore)store)._accounts = accounts;
        return store;
    }

    protected override object? Invoke(MethodInfo? method, object?[]? args) => method!.Name == nameof(ITimeSeriesStore.ListSeriesAsync)
        ? ValueTask.FromResult(_series)
        : method.Invoke(_accounts, args);
}
