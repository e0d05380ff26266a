using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Commands.Scan;

/// <summary>The addresses that a person named: <c>192.168.1.5</c>, <c>192.168.1.0/24</c> or <c>192.168.1.10-50</c>.</summary>
internal static class AddressRange
{
    /// <summary>A /20. Whoever wants more names several ranges, knowing what they do.</summary>
    private const int PrefixLeast = 20;

    /// <returns>Null when the text is no such range.</returns>
    public static IReadOnlyList<IPAddress>? Parse(string text)
    {
        int slash = text.IndexOf('/');
        int dash = text.IndexOf('-');
        if (slash > 0)
        {
            return TryNumber(text[..slash], out uint network) && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int prefix)
                && prefix is >= PrefixLeast and <= 32 ? OfNetwork(network, prefix) : null;
        }

        if (dash > 0)
        {
            return TryNumber(text[..dash], out uint first) && byte.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out byte last)
                && last >= (byte)first ? Between(first, (first & 0xFFFF_FF00) | last) : null;
        }

        return TryNumber(text, out uint single) ? Between(single, single) : null;
    }

    /// <summary>Without the network's own address and that for all, which are no devices.</summary>
    private static IReadOnlyList<IPAddress> OfNetwork(uint network, int prefix)
    {
        uint size = 1u << (32 - prefix);
        uint first = network & ~(size - 1);
        return size <= 2 ? Between(first, first + size - 1) : Between(first + 1, first + size - 2);
    }

    private static List<IPAddress> Between(uint first, uint last)
    {
        List<IPAddress> addresses = [];
        Span<byte> bytes = stackalloc byte[4];
        for (uint address = first; address <= last && address >= first; address++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, address);
            addresses.Add(new IPAddress(bytes));
        }

        return addresses;
    }

    private static bool TryNumber(string text, out uint number)
    {
        number = 0;
        if (!IPAddress.TryParse(text, out IPAddress? address) || address.AddressFamily != AddressFamily.InterNetwork || text.Count('.') != 3)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        number = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return true;
    }
}
