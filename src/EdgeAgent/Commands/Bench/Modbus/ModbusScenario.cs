using System.Net;
using System.Net.Sockets;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Commands.Bench.Modbus;

/// <summary>What one Modbus request costs the client.</summary>
internal sealed class ModbusScenario : IBenchScenario
{
    private const int Rounds = 5;
    private const int RequestsPerRound = 100_000;

    private static readonly ModbusReadRequest Request = new(1, ModbusFunction.ReadHoldingRegisters, 0, ModbusLimits.RegistersPerRequestMax);

    public string Name => "modbus";

    public string Description => "CPU and garbage of one Modbus request: one connection, 125 registers, one after the other, client and server on one core.";

    public Task<BenchResult> RunAsync(BenchContext context) => PinnedRun.IsPinned ? MeasureAsync(context) : PinnedRun.RunAsync(Name, context);

    private static async Task<BenchResult> MeasureAsync(BenchContext context)
    {
        await using CServer server = await CServer.StartAsync(context);
        ModbusClientOptions options = new() { Transport = ModbusTransport.Tcp("127.0.0.1", server.Port) };
        await using ModbusClient client = new(options, context.Time);
        await client.ConnectAsync(context.Cancellation);
        (double cpu, double bytes) = await BestAsync(requests => ReadAsync(client, requests, context.Cancellation));

        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, server.Port, context.Cancellation);
        (double bareCpu, _) = await BestAsync(requests => ReadBareAsync(socket, requests, context.Cancellation));
        return new BenchResult(
            [
                BenchMeasurement.AtMost("CPU per request", cpu, "µs", 10),
                BenchMeasurement.AtMost("garbage per request", bytes, "B", 0),
                BenchMeasurement.Observed("CPU per request of a bare loop over System.Net.Sockets", bareCpu, "µs"),
            ],
            [
                $"user and system time of the client's process, best of {Rounds} rounds of {RequestsPerRound:N0} requests",
                "garbage is what the whole process allocated from the first request of a round to its last, not rounded; the least of the rounds, since what a request allocates is in all of them",
            ]);
    }

    private static async Task<(double CpuMicroseconds, double Bytes)> BestAsync(Func<int, Task<Round>> run)
    {
        // Two rounds to compile and to fill the pools.
        await run(RequestsPerRound);
        await run(RequestsPerRound);
        (double cpu, double bytes) = (double.MaxValue, double.MaxValue);
        for (int i = 0; i < Rounds; i++)
        {
            Round round = await run(RequestsPerRound);
            cpu = Math.Min(cpu, round.Cpu.TotalMicroseconds / RequestsPerRound);
            bytes = Math.Min(bytes, (double)round.Bytes / RequestsPerRound);
        }

        return (cpu, bytes);
    }

    private static async Task<Round> ReadAsync(ModbusClient client, int requests, CancellationToken cancellation)
    {
        byte[] data = new byte[Request.DataBytes];
        Round start = default;
        // One more than is counted: the first one suspends this method, which allocates its state once.
        for (int i = 0; i <= requests; i++)
        {
            ModbusResult result = await client.ReadAsync(Request, data, cancellation);
            if (!result.IsOk)
            {
                throw CommandFailure.Failed($"A request ended with {result}.");
            }

            start = i == 0 ? Round.Now() : start;
        }

        return Round.Since(start);
    }

    private static async Task<Round> ReadBareAsync(Socket socket, int requests, CancellationToken cancellation)
    {
        byte[] request = [0, 1, 0, 0, 0, 6, Request.UnitId, (byte)Request.Function, 0, 0, 0, (byte)Request.Count];
        byte[] answer = new byte[ModbusLimits.MbapFrameBytesMax];
        int answerBytes = 9 + Request.DataBytes;
        Round start = default;
        for (int i = 0; i <= requests; i++)
        {
            await socket.SendAsync(request, cancellation);
            for (int received = 0; received < answerBytes;)
            {
                int bytes = await socket.ReceiveAsync(answer.AsMemory(received), cancellation);
                received += bytes > 0 ? bytes : throw CommandFailure.Failed("The server closed the connection.");
            }

            start = i == 0 ? Round.Now() : start;
        }

        return Round.Since(start);
    }

    /// <summary>What this process has used: in all, or from one moment to another.</summary>
    private readonly record struct Round(TimeSpan Cpu, long Bytes)
    {
        public static Round Now() => new(CpuTime.OfThisProcess(), GC.GetTotalAllocatedBytes(precise: true));

        public static Round Since(Round start) =>
            new(CpuTime.OfThisProcess() - start.Cpu, GC.GetTotalAllocatedBytes(precise: true) - start.Bytes);
    }
}
