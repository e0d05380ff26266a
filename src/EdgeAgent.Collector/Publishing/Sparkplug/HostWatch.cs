using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>Whether the primary host is there, as far as the present connection tells. Safe for concurrent use.</summary>
/// <param name="isConfigured">Without a primary host, nobody is waited for.</param>
internal sealed class HostWatch(bool isConfigured)
{
    private readonly object _gate = new();
    private SparkplugHostState? _last;

    /// <summary>Whether births and data may go out.</summary>
    public bool MayPublish
    {
        get
        {
            lock (_gate)
            {
                return !isConfigured || _last is { Online: true };
            }
        }
    }

    /// <summary>The host has told over this connection that it is gone.</summary>
    public bool IsOffline
    {
        get
        {
            lock (_gate)
            {
                return isConfigured && _last is { Online: false };
            }
        }
    }

    /// <summary>A connection ended: what its broker said counts no more.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _last = null;
        }
    }

    /// <summary>Takes what the host said; a message older than the one before is ignored, as a will may be delivered late.</summary>
    /// <returns>Whether it counts.</returns>
    public bool Take(SparkplugHostState state)
    {
        lock (_gate)
        {
            if (_last is { } last && state.TimestampMs < last.TimestampMs)
            {
                return false;
            }

            _last = state;
            return true;
        }
    }
}
