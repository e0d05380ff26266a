using EdgeAgent.Protocols.Modbus;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Modbus.Client;

/// <summary>A network that loses, repeats, invents, holds back and (where a checksum can tell) changes bytes: whatever is called Ok is right,
/// and when the network is well again, so is the client.</summary>
public sealed class ChaosTests
{
    [Theory]
    [InlineData(ModbusFraming.Mbap, 1)]
    [InlineData(ModbusFraming.Mbap, 8)]
    [InlineData(ModbusFraming.Rtu, 1)]
    [InlineData(ModbusFraming.Ascii, 1)]
    public async Task Ok_is_always_right(ModbusFraming framing, int inFlight)
    {
        await using var device = new SimulatedDevice(framing);
        await using var proxy = new TcpProxy(device.Server.Port);
        var network = new BadNetwork(seed: 20_25, corrupts: framing != ModbusFraming.Mbap);
        proxy.Edit = network.Edit;
        var client = await device.ConnectAsync(adjust: o => o with
        {
            Transport = device.TransportTo(proxy.Port),
            ResponseTimeoutMs = 20,
            MaxInFlight = inFlight,
        });

        var right = 0;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async caller =>
        {
            var data = new byte[250];
            for (var i = 0; i < 1000; i++)
            {
                if (!client.IsConnected)
                {
                    await client.ConnectAsync(CancellationToken.None);
                }

                var request = Asking.Registers((caller * 1000) + i, 1 + (i % 20));
                if ((await client.AskAsync(request, data)).IsOk)
                {
                    Asking.AssertRight(request, data);
                    Interlocked.Increment(ref right);
                }
            }
        }));

        Assert.True(network.Faults > 50, $"only {network.Faults} faults");
        Assert.True(right > 200, $"only {right} right answers; {client.Statistics}");
        network.Heal();
        await RecoverAsync(device, proxy, client);
    }

    private static async Task RecoverAsync(SimulatedDevice device, TcpProxy proxy, EdgeAgent.Protocols.Modbus.Client.ModbusClient client)
    {
        // What the server has in its own buffer of half requests takes a request or two to be flushed.
        await Eventually.TrueAsync(
            async () =>
            {
                if (!client.IsConnected)
                {
                    await client.ConnectAsync(CancellationToken.None);
                }

                return (await client.AskAsync(Asking.Registers(1, 1))).IsOk;
            },
            "the client recovers");
        var right = 0;
        for (var i = 0; i < 200; i++)
        {
            var request = Asking.Registers(i, 10);
            var data = new byte[20];
            if ((await client.AskAsync(request, data)).IsOk)
            {
                Asking.AssertRight(request, data);
                right++;
            }
        }

        // Timeouts of 20 ms can be missed by a busy machine, never more than a few in a row.
        Assert.True(right > 100, $"{right} of 200 after the network was well again; {client.Statistics}; {device.Server.AcceptedCount} {proxy.Accepted}");
    }

    /// <summary>Spoils about every tenth piece of the stream to the client.</summary>
    private sealed class BadNetwork(int seed, bool corrupts)
    {
        private readonly Random _random = new(seed);
        private readonly Lock _gate = new();
        private volatile bool _well;
        private byte[] _heldBack = [];

        public int Faults { get; private set; }

        public void Heal() => _well = true;

        public ReadOnlyMemory<byte> Edit(ReadOnlyMemory<byte> bytes, ProxyDirection direction)
        {
            if (direction == ProxyDirection.ToServer)
            {
                return bytes;
            }

            lock (_gate)
            {
                // A frame whose middle is lost cannot be told from a whole one without a checksum, so MBAP is spared two faults in one.
                var spare = _heldBack.Length > 0;
                byte[] all = [.. _heldBack, .. bytes.Span];
                _heldBack = [];
                if (_well || spare || all.Length == 0 || _random.Next(10) != 0)
                {
                    return all;
                }

                Faults++;
                var at = _random.Next(all.Length);
                switch (_random.Next(corrupts ? 5 : 4))
                {
                    case 0:
                        return ReadOnlyMemory<byte>.Empty;
                    case 1:
                        return (byte[])[.. all, .. all];
                    case 2:
                        var noise = new byte[_random.Next(1, 40)];
                        _random.NextBytes(noise);
                        return (byte[])[.. noise, .. all];
                    case 3:
                        _heldBack = all[at..];
                        return all[..at];
                    default:
                        all[at] ^= (byte)(1 << _random.Next(8));
                        return all;
                }
            }
        }
    }
}
