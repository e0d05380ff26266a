namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>By what a simulated device is known.</summary>
public static class SimulatorIdentity
{
    /// <summary>The vendor name in a device identification. Readings of such a device are marked as simulated whatever the configuration says.</summary>
    public const string VendorName = "EdgeAgent Simulator";
}
