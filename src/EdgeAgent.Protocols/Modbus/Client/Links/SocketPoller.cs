using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>One thread that receives for all the sockets given to it, and runs what follows from it.</summary>
/// <remarks>
/// The runtime's own way is one thread that polls and another that continues: one hand-over, and its wake-up, more for each answer.
/// The price: what follows an answer runs here, so who blocks holds up all connections of this poller.
/// It pays only while the runtime does not poll the same socket too, which it does for ever after the first call that had to wait:
/// whatever comes later wakes its threads for nothing. So connecting waits here as well (<see cref="PolledWait"/>).
/// </remarks>
internal sealed unsafe class SocketPoller
{
    private const int EventsMax = 64;

    private static readonly Lazy<SocketPoller[]> Pollers = new(Start);
    private static int _next;
    private static long _lastId;

    private readonly int _poller;
    private readonly ConcurrentDictionary<long, IPolled> _polled = new();

    private SocketPoller(int poller, int number)
    {
        _poller = poller;
        new Thread(Run) { IsBackground = true, Name = $"modbus-io-{number}" }.Start();
    }

    /// <summary>The poller for a new link; each takes its turn.</summary>
    public static SocketPoller Next() => Pollers.Value[(uint)Interlocked.Increment(ref _next) % (uint)Pollers.Value.Length];

    /// <summary>A number by which events find whom they are for; to be had before the socket is watched.</summary>
    public long Enter(IPolled polled)
    {
        var id = Interlocked.Increment(ref _lastId);
        _polled[id] = polled;
        return id;
    }

    /// <exception cref="IOException">The system takes no more.</exception>
    public void Watch(long id, SafeSocketHandle socket, uint events)
    {
        if (!LinuxSockets.Watch(_poller, LinuxSockets.Add, socket, events, id))
        {
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        }
    }

    public void Remove(long id, SafeSocketHandle socket)
    {
        LinuxSockets.Watch(_poller, LinuxSockets.Remove, socket, 0, id);
        _polled.TryRemove(id, out _);
    }

    /// <summary>Half of the cores: the other half has the rest of the program to run.</summary>
    private static SocketPoller[] Start() =>
        [.. Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount / 2)).Select(n => new SocketPoller(LinuxSockets.NewPoller(), n))];

    private void Run()
    {
        var events = stackalloc byte[EventsMax * 16];
        while (true)
        {
            var count = LinuxSockets.Wait(_poller, events, EventsMax, -1);
            for (var i = 0; i < count; i++)
            {
                if (_polled.TryGetValue(LinuxSockets.DataOf(events, i), out var polled))
                {
                    polled.OnReady();
                }
            }
        }
    }
}
