using EdgeAgent.Collector.Drivers.Modbus.Line;
using EdgeAgent.Collector.Drivers.Modbus.Planning;
using EdgeAgent.Collector.Drivers.Modbus.Scanning;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>A checked Modbus endpoint, ready to be opened.</summary>
/// <param name="Settings">Of the endpoint.</param>
/// <param name="Client">What the client is made with.</param>
/// <param name="UnitSettings">Of each device.</param>
/// <param name="Tags">Of all devices, by number within the endpoint.</param>
/// <param name="Devices">What the agent knows of each device.</param>
internal sealed record ModbusEndpointPlan(
    string DriverName,
    ModbusEndpointSettings Settings,
    ModbusClientOptions Client,
    IReadOnlyList<ModbusDeviceSettings> UnitSettings,
    ModbusTag[] Tags,
    IReadOnlyList<DevicePlan> Devices) : IPolledEndpointPlan, ILinePlan
{
    public SerialPlace? Port => (Client.Transport as ModbusSerialTransport)?.Place;

    public IPolledEndpoint Open(EndpointServices services, IPolledEndpoint? previous)
    {
        string lineAddress = $"{DriverName} {Settings}";
        var before = previous as ModbusEndpoint;
        if (before is not null && before.LineAddress != lineAddress && Port is not null)
        {
            // A port has one owner: the former line lets go of it, perhaps to be opened with another baud rate.
            _ = before.ReleaseLine().Line.DisposeAsync().AsTask();
            before = null;
        }

        (IModbusLine line, long connection) = before?.LineAddress == lineAddress ? before.ReleaseLine() : (NewLine(services), 0);
        ModbusUnit[] units = [.. UnitSettings.Select(unit => new ModbusUnit(unit, line, services.Time, FactsOf(unit, before, lineAddress)))];
        return new ModbusEndpoint(lineAddress, line, connection, units, services.Groups, Tags, Client.MaxInFlight);
    }

    public TimeSpan TimeOf(ScanGroup group) => LineTime.Of(this, group);

    private IModbusLine NewLine(EndpointServices services)
    {
        IModbusLine line = new ClientLine(new ModbusClient(Client with { Lines = services.Lines }, services.Time), services.Time);
        return Settings.PauseMs > 0 ? new PacedLine(line, Settings.PauseMs, services.Time) : line;
    }

    /// <summary>What was learnt about a device holds on when neither the line nor the device's settings changed.</summary>
    private static AddressFacts FactsOf(ModbusDeviceSettings unit, ModbusEndpoint? before, string lineAddress) =>
        before?.LineAddress == lineAddress && before.Units.FirstOrDefault(known => known.Settings == unit) is { } same
            ? same.Facts
            : new AddressFacts();
}
