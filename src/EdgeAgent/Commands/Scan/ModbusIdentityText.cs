using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Commands.Scan;

/// <summary>What a Modbus device says about itself, as the end of a sentence.</summary>
internal static class ModbusIdentityText
{
    public static string Of(ModbusDeviceIdentity? identity)
    {
        string text = string.Join(' ', new[] { identity?.VendorName, identity?.ProductName ?? identity?.ProductCode, identity?.Revision }.Where(part => !string.IsNullOrWhiteSpace(part)));
        return text.Length > 0 ? ": " + text : "";
    }
}
