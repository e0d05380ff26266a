using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.Protocols.Serial;
using EdgeAgent.Protocols.Serial.Linux;

namespace EdgeAgent.Commands.Bench.Bus;

/// <summary>How much of a serial line's time is lost between requests.</summary>
internal sealed class BusScenario : IBenchScenario
{
    private const int Units = 4;
    private static readonly TimeSpan ReplyDelay = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);
    private static readonly int[] BaudRates = [9600, 19_200, 115_200];

    public string Name => "bus";

    public string Description => "Requests a second on a serial line with real character timing, against what baud rate, frame lengths, t3.5 and reply delay allow.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        List<BenchMeasurement> measurements = [];

        // Compiles what a request runs through; at the slow rates there are too few requests to do it unnoticed.
        context.Report("warming up");
        await MeasureAsync(context, BaudRates[^1]);
        foreach (int baudRate in BaudRates)
        {
            context.Report($"{baudRate} baud");
            measurements.AddRange(await MeasureAsync(context, baudRate));
        }

        return new BenchResult(
            measurements,
            [
                $"Modbus RTU, {Units} units in turn, 10 registers each, reply delay {ReplyDelay.TotalMilliseconds} ms, {Duration.TotalSeconds} s at each rate",
                "the line is a pseudo terminal whose devices' end holds each answer back until its last character would have come",
                "wall clock: other work on the machine makes it worse, never better",
            ]);
    }

    private static async Task<BenchMeasurement[]> MeasureAsync(BenchContext context, int baudRate)
    {
        SerialSettings settings = new() { BaudRate = baudRate };
        using PseudoTerminal terminal = PseudoTerminal.Open(context.Time);
        await using ModbusLineServer devices = new(terminal.Line, settings, ModbusFraming.Rtu) { ReplyDelay = ReplyDelay };
        for (byte unit = 1; unit <= Units; unit++)
        {
            devices.Units[unit] = new RegisterBank();
        }

        devices.Start();
        ModbusClientOptions options = new() { Transport = ModbusTransport.Serial(new SerialPlace(terminal.Port, settings)), ResponseTimeoutMs = 1000 };
        await using ModbusClient client = new(options, context.Time);
        await client.ConnectAsync(context.Cancellation);
        await ReadAsync(client, Units, context);

        TimeSpan allowed = AllowedFor(settings);
        int requests = (int)(Duration / allowed);
        TimeSpan cpu = CpuTime.OfThisProcess();
        TimeSpan busy = client.Statistics.Busy;
        long start = context.Time.GetTimestamp();
        await ReadAsync(client, requests, context);
        TimeSpan elapsed = context.Time.GetElapsedTime(start);
        return
        [
            BenchMeasurement.AtLeast($"{baudRate} baud: share of what the line allows", 100 * (requests * allowed / elapsed), "%", 95),
            BenchMeasurement.Observed($"{baudRate} baud: requests", requests / elapsed.TotalSeconds, "1/s"),
            BenchMeasurement.Observed($"{baudRate} baud: CPU per request, devices included", (CpuTime.OfThisProcess() - cpu).TotalMicroseconds / requests, "µs"),
            BenchMeasurement.Observed($"{baudRate} baud: measured utilisation", 100 * ((client.Statistics.Busy - busy) / elapsed), "%"),
        ];
    }

    private static async Task ReadAsync(ModbusClient client, int requests, BenchContext context)
    {
        byte[] data = new byte[RequestTo(0).DataBytes];
        for (int i = 0; i < requests; i++)
        {
            ModbusResult result = await client.ReadAsync(RequestTo((byte)(1 + (i % Units))), data, context.Cancellation);
            if (!result.IsOk)
            {
                throw CommandFailure.Failed($"A request ended with {result}.");
            }
        }
    }

    private static TimeSpan AllowedFor(SerialSettings settings) =>
        settings.TimeOf(ModbusFrameLengths.Request(ModbusFraming.Rtu) + ModbusFrameLengths.Answer(ModbusFraming.Rtu, RequestTo(1)))
        + RtuTiming.FrameSilence(settings) + ReplyDelay;

    private static ModbusReadRequest RequestTo(byte unit) => new(unit, ModbusFunction.ReadHoldingRegisters, 0, 10);
}
