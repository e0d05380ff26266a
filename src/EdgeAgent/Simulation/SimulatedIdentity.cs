using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Simulation;

/// <summary>What simulated devices say they are, so that no agent ever takes their readings for live ones.</summary>
internal static class SimulatedIdentity
{
    public const string Vendor = "EdgeAgent Simulator";

    public static ModbusDeviceIdentity Of(string machine) => new(Vendor, machine, "1.0");
}
