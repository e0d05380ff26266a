namespace EdgeAgent.Protocols.Tests.Modbus;

internal static class Bytes
{
    /// <summary>"11 03 00 6B" as bytes.</summary>
    public static byte[] Of(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
