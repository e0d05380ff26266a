using EdgeAgent.Collector.Asking;
using EdgeAgent.Protocols.MtConnect;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>What an agent's answer to probe says of a machine.</summary>
internal static class MtConnectIdentity
{
    /// <param name="device">Name or uuid of the device at the agent; null for the only one.</param>
    public static IdentityFields Of(MtConnectModel? model, string? device)
    {
        var fields = new IdentityFields();
        if (model?.Devices.FirstOrDefault(known => device is null || known.Name == device || known.Uuid == device) is { } found)
        {
            fields.Add("uuid", found.Uuid);
            fields.Add("name", found.Name);
            fields.Add("manufacturer", found.Manufacturer);
            fields.Add("model", found.Model);
            fields.Add("serial number", found.SerialNumber);
        }

        return fields;
    }
}
