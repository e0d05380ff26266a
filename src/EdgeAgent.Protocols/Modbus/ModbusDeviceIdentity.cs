namespace EdgeAgent.Protocols.Modbus;

/// <summary>What a device says it is (function 43, type 14). Texts are the device's own bytes read as Latin-1.</summary>
/// <param name="Objects">Every object by its id, in the order of the ids.</param>
public sealed record ModbusDeviceIdentity(IReadOnlyDictionary<byte, string> Objects)
{
    public ModbusDeviceIdentity(string vendorName, string productCode, string revision)
        : this(new SortedDictionary<byte, string> { [0] = vendorName, [1] = productCode, [2] = revision })
    {
    }

    public string? VendorName => Objects.GetValueOrDefault((byte)0);
    public string? ProductCode => Objects.GetValueOrDefault((byte)1);
    public string? Revision => Objects.GetValueOrDefault((byte)2);
    public string? VendorUrl => Objects.GetValueOrDefault((byte)3);
    public string? ProductName => Objects.GetValueOrDefault((byte)4);
    public string? ModelName => Objects.GetValueOrDefault((byte)5);
    public string? UserApplicationName => Objects.GetValueOrDefault((byte)6);
}
