using EdgeAgent.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Forward;

/// <summary>All servers of a hub that get a copy.</summary>
public sealed class Forwards(IReadOnlyList<ForwardConfig> targets, TimeProvider time, ILoggerFactory logs) : IAsyncDisposable
{
    private readonly LineForwarder[] _forwarders = [.. targets.Select(target => new LineForwarder(target, time, logs.CreateLogger<LineForwarder>()))];

    public IReadOnlyList<ForwardStatistics> Statistics => [.. _forwarders.Select(forwarder => forwarder.Statistics)];

    public void Take(StoredBatch batch)
    {
        foreach (LineForwarder forwarder in _forwarders)
        {
            forwarder.Take(batch);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LineForwarder forwarder in _forwarders)
        {
            await forwarder.DisposeAsync();
        }
    }
}
