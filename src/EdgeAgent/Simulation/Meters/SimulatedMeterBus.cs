using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Dlt645.Server;
using EdgeAgent.Protocols.Serial;
using EdgeAgent.Protocols.Serial.Linux;

namespace EdgeAgent.Simulation.Meters;

/// <summary>A serial port with simulated energy meters on it, whose energy rises with the time.</summary>
internal sealed class SimulatedMeterBus : IAsyncDisposable
{
    private const uint ForwardActiveEnergy = 0x00010000;
    private const uint VoltageA = 0x02010100;
    private const uint ActivePower = 0x02030000;

    private readonly PseudoTerminal _terminal;
    private readonly SimulatedMeterLine _line;

    private SimulatedMeterBus(PseudoTerminal terminal, SimulatedMeterLine line)
    {
        _terminal = terminal;
        _line = line;
    }

    /// <summary>The path that a program opens as its serial port.</summary>
    public string Port => _terminal.Port;

    /// <summary>Null where this system has no pseudo terminals to give.</summary>
    public static SimulatedMeterBus? TryStart(IReadOnlyList<string> addresses, TimeProvider time)
    {
        PseudoTerminal terminal;
        try
        {
            terminal = PseudoTerminal.Open(time);
        }
        catch (LineOpenException)
        {
            return null;
        }

        SimulatedMeterLine line = new(terminal.Line, time);
        for (int i = 0; i < addresses.Count; i++)
        {
            line.Add(Meter(addresses[i], i, time));
        }

        line.Start();
        return new SimulatedMeterBus(terminal, line);
    }

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        _terminal.Dispose();
    }

    private static SimulatedMeter Meter(string address, int number, TimeProvider time)
    {
        SimulatedMeter meter = new(MeterAddress.TryParse(address, out MeterAddress parsed) ? parsed : throw new ArgumentException($"'{address}' is no meter address."));
        long start = time.GetTimestamp();
        meter.Set(ForwardActiveEnergy, () => 1206.42 + (1000 * number) + ((20 + (5 * number)) * Seconds() / 3600));
        meter.Set(VoltageA, () => 230 + (2 * Math.Sin((Seconds() / 11) + number)));
        meter.Set(ActivePower, () => PowerKilowatts(Seconds(), number));
        return meter;

        double Seconds() => time.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>A hall's load, up and down within minutes so that a watcher sees it move.</summary>
    private static double PowerKilowatts(double seconds, int number) => 20 + (5 * number) + (4 * Math.Sin(seconds / 40));
}
