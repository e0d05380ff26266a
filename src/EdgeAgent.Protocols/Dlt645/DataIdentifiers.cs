using System.Globalization;

namespace EdgeAgent.Protocols.Dlt645;

/// <summary>Data identifiers as people write them: <c>00010000</c> in 2007, <c>9010</c> in 1997, the highest byte first.</summary>
public static class DataIdentifiers
{
    /// <summary>Bytes of an identifier on the wire.</summary>
    public static int Bytes(Dlt645Version version) => Dlt645Control.Of(version).IdentifierBytes;

    public static bool TryParse(ReadOnlySpan<char> text, Dlt645Version version, out uint identifier)
    {
        identifier = 0;
        return text.Length == 2 * Bytes(version) && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out identifier);
    }

    /// <summary>What the standard says about it, or null.</summary>
    public static DataItem? Find(Dlt645Version version, uint identifier) => DataTable.Find(version, identifier);

    /// <summary>Writes it as it travels, the lowest byte first.</summary>
    internal static void Write(Span<byte> destination, uint identifier, int bytes)
    {
        for (var i = 0; i < bytes; i++)
        {
            destination[i] = (byte)(identifier >> (8 * i));
        }
    }

    internal static uint Read(ReadOnlySpan<byte> source, int bytes)
    {
        uint identifier = 0;
        for (var i = bytes - 1; i >= 0; i--)
        {
            identifier = (identifier << 8) | source[i];
        }

        return identifier;
    }
}
