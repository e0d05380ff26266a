using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Commands.Scan;

/// <summary>Looks for devices on a network: one connection to a host at a time, and no more of them a second than allowed.</summary>
internal sealed class NetworkScan(IReadOnlyList<IPAddress> addresses, int connectionsPerSecond, int timeoutMs, TimeProvider time, Action<string> report)
{
    /// <summary>Hosts that are being asked at once; each waits for its own timeouts.</summary>
    private const int HostsAtOnce = 32;

    private readonly SemaphoreSlim _pace = new(1, 1);
    private int _done;

    /// <summary>Ports to try instead of the usual ones, for tests; null for the usual.</summary>
    public IReadOnlyDictionary<string, int>? Ports { get; init; }

    /// <summary>Modbus units that are asked one after the other until one answers: the usual first device, then by what gateways and devices with one
    /// unit only go themselves.</summary>
    public IReadOnlyList<int> Units { get; init; } = UnitsUsual;

    public static IReadOnlyList<int> UnitsUsual { get; } = [1, 255, 0];

    /// <summary>What each host is asked: the questions of one protocol in a row, until one is answered.</summary>
    private IReadOnlyList<INetworkProbe>[] Questions => [[.. Units.Select(static unit => new ModbusProbe(unit))], [new OpcUaProbe()], [new S7Probe()], [new MtConnectProbe()]];

    /// <summary>What is asked, for people: protocol, port and, with Modbus, units.</summary>
    public IReadOnlyList<AskedPort> Asked => [.. Questions.Select(of => new AskedPort(of[0].Driver, PortOf(of[0]), [.. of.OfType<ModbusProbe>().Select(static p => p.UnitId)]))];

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
        foreach (IReadOnlyList<INetworkProbe> questions in Questions)
        {
            if (await AskAsync(questions, address, cancellation) is { } device)
            {
                found.Add(device);
            }
        }

        report($"{Interlocked.Increment(ref _done)} of {addresses.Count} hosts");
        return found;
    }

    /// <summary>Asks one protocol's questions until one is answered; each over a connection of its own, because many devices close it over a unit that they have not.</summary>
    private async Task<FoundDevice?> AskAsync(IReadOnlyList<INetworkProbe> questions, IPAddress address, CancellationToken cancellation)
    {
        FoundDevice? gateway = null;
        foreach (INetworkProbe probe in questions)
        {
            IPEndPoint place = new(address, PortOf(probe));
            (bool connected, ProbeAnswer? answer) = await AskAsync(probe, place, cancellation);
            if (answer is { IsGatewayOnly: false })
            {
                return new FoundDevice(probe.Driver, place.ToString(), answer.Detail) { Host = address.ToString(), Port = place.Port, UnitId = probe.UnitId };
            }

            if (answer is not null)
            {
                gateway = new FoundDevice("", place.ToString(), $"{answer.Detail}; units {string.Join(", ", Units)} do not answer behind it") { Host = address.ToString(), Port = place.Port };
            }

            if (!connected)
            {
                break;
            }
        }

        return gateway;
    }

    private int PortOf(INetworkProbe probe) => Ports is null ? probe.Port : Ports.GetValueOrDefault(probe.Name, probe.Port);

    private async Task<(bool Connected, ProbeAnswer? Answer)> AskAsync(INetworkProbe probe, IPEndPoint place, CancellationToken cancellation)
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
            return (true, await probe.AskAsync(socket, place, either.Token));
        }
        catch (Exception exception) when (exception is SocketException or IOException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // Nobody there, or nobody who speaks this.
            return (socket.Connected, null);
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

/// <summary>A port that hosts were asked at.</summary>
/// <param name="Units">Modbus units, in the order in which they were asked; empty for other protocols.</param>
internal sealed record AskedPort(string Driver, int Port, IReadOnlyList<int> Units);
