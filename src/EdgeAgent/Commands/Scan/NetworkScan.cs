using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Commands.Scan;

/// <summary>Looks for devices on a network: one connection to a host at a time, and no more of them a second than allowed.</summary>
internal sealed class NetworkScan(IReadOnlyList<IPAddress> addresses, int connectionsPerSecond, int timeoutMs, TimeProvider time, Action<string> report)
{
    /// <summary>Hosts that are being asked at once; each waits for its own timeouts.</summary>
    private const int HostsAtOnce = 32;

    private readonly IReadOnlyList<INetworkProbe> _probes = [new ModbusProbe(), new OpcUaProbe(), new S7Probe(), new MtConnectProbe()];
    private readonly SemaphoreSlim _pace = new(1, 1);
    private int _done;

    /// <summary>Ports to try instead of the usual ones, for tests; null for the usual.</summary>
    public IReadOnlyDictionary<string, int>? Ports { get; init; }

    public async Task<IReadOnlyList<FoundDevice>> RunAsync(CancellationToken cancellation)
    {
        var found = new List<FoundDevice>[addresses.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = HostsAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, addresses.Count, options, async (i, stop) => found[i] = await AskHostAsync(addresses[i], stop));
        return [.. found.SelectMany(of => of)];
    }

    private async Task<List<FoundDevice>> AskHostAsync(IPAddress address, CancellationToken cancellation)
    {
        List<FoundDevice> found = [];
        foreach (INetworkProbe probe in _probes)
        {
            int port = Ports is null ? probe.Port : Ports.GetValueOrDefault(probe.Name, probe.Port);
            if (await AskAsync(probe, new IPEndPoint(address, port), cancellation) is { } device)
            {
                found.Add(device);
            }
        }

        report($"{Interlocked.Increment(ref _done)} of {addresses.Count} hosts");
        return found;
    }

    private async Task<FoundDevice?> AskAsync(INetworkProbe probe, IPEndPoint place, CancellationToken cancellation)
    {
        await TakeTurnAsync(cancellation);
        using CancellationTokenSource deadline = new(TimeSpan.FromMilliseconds(timeoutMs), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(place, either.Token);

            // Who takes the connection may have as long again to speak.
            deadline.CancelAfter(TimeSpan.FromMilliseconds(2 * timeoutMs));
            return await probe.AskAsync(socket, place, either.Token) is { } detail
                ? new FoundDevice(probe.Driver, place.ToString(), detail) { Host = place.Address.ToString(), Port = place.Port, UnitId = 1 }
                : null;
        }
        catch (Exception exception) when (exception is SocketException or IOException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // Nobody there, or nobody who speaks this.
            return null;
        }
    }

    private async Task TakeTurnAsync(CancellationToken cancellation)
    {
        await _pace.WaitAsync(cancellation);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(1.0 / connectionsPerSecond), time, cancellation);
        }
        finally
        {
            _pace.Release();
        }
    }
}
