using System.Globalization;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Commands.Bench.Modbus;

/// <summary>How much of what the network and a server can give our Modbus client takes.</summary>
internal sealed class CeilingScenario : IBenchScenario
{
    private const string BareClient = "tests/partners/c/modbus_client.c";
    private const int Rounds = 20;
    private const int Registers = ModbusLimits.RegistersPerRequestMax;

    /// <summary>Short and many, so that both clients have some in which nothing else ran.</summary>
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(0.25);

    private static readonly ModbusReadRequest Request = new(1, ModbusFunction.ReadHoldingRegisters, 0, Registers);

    /// <summary>Connections, requests on their way on each, and the fraction to reach. One request at a time is what most devices
    /// allow and what the client does unless told otherwise; deeper pipelines are shown.</summary>
    private static readonly (int Connections, int InFlight, double? Target)[] Shapes = [(1, 1, 0.8), (16, 1, 0.8), (1, 16, null), (16, 16, null)];

    public string Name => "ceiling";

    public string Description => "Values per second from 1 and from 16 connections, as a fraction of what a bare client in C gets from the same server in C.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        string bare = await NativeProgram.BuildAsync(BareClient, context);
        await using CServer server = await CServer.StartAsync(context);
        List<BenchMeasurement> measurements = [];
        foreach ((int connections, int inFlight, double? target) in Shapes)
        {
            string shape = $"{connections} connection{(connections == 1 ? "" : "s")}, {inFlight} in flight";
            await RunOursAsync(server.Port, connections, inFlight, context);
            (double ours, double theirs) = (0, 0);
            for (int round = 1; round <= Rounds; round++)
            {
                // In turn, so that whatever else the machine does disturbs both alike.
                context.Report($"{shape}: round {round} of {Rounds}");
                theirs = Math.Max(theirs, await RunBareAsync(bare, server.Port, connections, inFlight, context));
                ours = Math.Max(ours, await RunOursAsync(server.Port, connections, inFlight, context));
            }

            measurements.Add(BenchMeasurement.Observed($"{shape}: values", ours * Registers, "1/s"));
            measurements.Add(new BenchMeasurement($"{shape}: fraction of the bare C client", ours / theirs, "", target, BenchDirection.AtLeast));
        }

        return new BenchResult(
            measurements,
            [
                $"{Registers} registers a request; the C client keeps as many requests on their way as ours and checks as much; best of {Rounds} rounds each, in turn",
                "in flight is per connection; more than one only with devices that can take it",
            ]);
    }

    private static async Task<double> RunBareAsync(string program, int port, int connections, int inFlight, BenchContext context)
    {
        string seconds = RoundTime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        await using ChildProcess client = ChildProcess.Start(program, [$"{port}", $"{connections}", $"{inFlight}", $"{Registers}", seconds]);
        string line = await client.WaitForLineAsync(l => l.StartsWith("requests ", StringComparison.Ordinal), TimeSpan.FromSeconds(20), context);
        string[] words = line.Split(' ');
        return double.Parse(words[1], CultureInfo.InvariantCulture) / double.Parse(words[3], CultureInfo.InvariantCulture);
    }

    private static async Task<double> RunOursAsync(int port, int connections, int inFlight, BenchContext context)
    {
        ModbusClientOptions options = new()
        {
            Transport = ModbusTransport.Tcp("127.0.0.1", port),
            MaxInFlight = inFlight,
            CoalesceRequests = inFlight > 1,
        };
        List<ModbusClient> clients = [];
        try
        {
            for (int i = 0; i < connections; i++)
            {
                ModbusClient client = new(options, context.Time);
                clients.Add(client);
                await client.ConnectAsync(context.Cancellation);
            }

            using CancellationTokenSource end = new();
            long start = context.Time.GetTimestamp();
            Task<long>[] readers = [.. clients.SelectMany(client => Enumerable.Range(0, inFlight).Select(_ => ReadAsync(client, end.Token)))];
            await context.Wait(RoundTime);
            await end.CancelAsync();
            long requests = (await Task.WhenAll(readers)).Sum();
            return requests / context.Time.GetElapsedTime(start).TotalSeconds;
        }
        finally
        {
            foreach (ModbusClient client in clients)
            {
                await client.DisposeAsync();
            }
        }
    }

    private static async Task<long> ReadAsync(ModbusClient client, CancellationToken end)
    {
        byte[] data = new byte[Request.DataBytes];
        long requests = 0;
        while (!end.IsCancellationRequested)
        {
            ModbusResult result = await client.ReadAsync(Request, data, CancellationToken.None);
            requests += result.IsOk ? 1 : throw CommandFailure.Failed($"A request ended with {result}.");
        }

        return requests;
    }
}
