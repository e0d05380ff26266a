using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Migration;

/// <summary>Addresses, types and byte orders of KEPServerEX's Modbus driver.</summary>
internal static partial class KepwareModbusTag
{
    /// <returns>Null when it cannot be carried over.</returns>
    public static TagConfig? Read(JsonElement tag, JsonElement device, out string problem)
    {
        string address = tag.Text("servermain.TAG_ADDRESS") ?? "";
        Match match = Address().Match(address);
        problem = $"'{address}' is no address such as 400001, 400001.5 or 400001.20H";
        if (!match.Success || TableOf(match.Groups["area"].Value) is not { } table)
        {
            return null;
        }

        // The driver takes one off before it asks, unless it is told that the device counts from 0.
        int number = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        int register = (device.Flag("modbus_ethernet.DEVICE_ZERO_BASED_ADDRESSING") ?? true) ? number - 1 : number;
        int code = tag.Integer("servermain.TAG_DATA_TYPE") ?? -1;
        if (match.Groups["array"].Success || code >= 20)
        {
            problem = "arrays are not carried over; list the elements as tags";
            return null;
        }

        TagType? type = code < 0 ? table is "co" or "di" ? TagType.Bool : TagType.UInt16 : TypeOf(code);
        if (type is null || register is < 0 or > 65_535)
        {
            problem = type is null ? $"the data type {code} is not known" : problem;
            return null;
        }

        TagConfig ours = new() { Name = "", Address = $"{table}:{register}", Type = type };
        if (type == TagType.String)
        {
            return match.Groups["length"].Success
                ? ours with { Length = (int.Parse(match.Groups["length"].Value, CultureInfo.InvariantCulture) + 1) & ~1, Order = match.Groups["way"].Value == "L" ? "BA" : null }
                : null;
        }

        if (match.Groups["length"].Success)
        {
            // Bits count from 0 unless the device says that they count from 1.
            int first = (device.Flag("modbus_ethernet.DEVICE_ZERO_BASED_BIT_ADDRESSING") ?? true) ? 0 : 1;
            int bit = int.Parse(match.Groups["length"].Value, CultureInfo.InvariantCulture) - first;
            return ours with { Bit = device.Flag("modbus_ethernet.DEVICE_MODICON_BIT_ORDER") == true ? 15 - bit : bit, Type = TagType.UInt16 };
        }

        return ours with { Order = OrderOf(type.Value, device) };
    }

    /// <summary>Ours for a number of a data type; null for one that we have not.</summary>
    public static TagType? TypeOf(int code) => code switch
    {
        0 => TagType.String,
        1 => TagType.Bool,
        2 => TagType.Int8,
        3 => TagType.UInt8,
        4 => TagType.Int16,
        5 => TagType.UInt16,
        6 => TagType.Int32,
        7 => TagType.UInt32,
        8 => TagType.Float32,
        9 => TagType.Float64,
        10 => TagType.Bcd16,
        11 => TagType.Bcd32,
        13 => TagType.Int64,
        14 => TagType.UInt64,
        _ => null,
    };

    private static string? TableOf(string area) => area switch { "0" => "co", "1" => "di", "3" => "ir", "4" => "hr", _ => null };

    /// <remarks>"First word low" puts the registers of a 32-bit value the other way round, "first dword low" the halves of a 64-bit one.</remarks>
    private static string? OrderOf(TagType type, JsonElement device)
    {
        bool wordLow = device.Flag("modbus_ethernet.DEVICE_FIRST_WORD_LOW") ?? true;
        bool halfLow = device.Flag("modbus_ethernet.DEVICE_FIRST_DWORD_LOW") ?? true;
        string order = type switch
        {
            TagType.Int16 or TagType.UInt16 or TagType.Bcd16 => "AB",
            TagType.Int32 or TagType.UInt32 or TagType.Float32 or TagType.Bcd32 => wordLow ? "CDAB" : "ABCD",
            TagType.Int64 or TagType.UInt64 or TagType.Float64 => (halfLow, wordLow) switch
            {
                (false, false) => "ABCDEFGH",
                (true, true) => "GHEFCDAB",
                (true, false) => "EFGHABCD",
                _ => "CDABGHEF",
            },
            _ => "",
        };
        if (device.Flag("modbus_ethernet.DEVICE_MODBUS_BYTE_ORDER") == false)
        {
            order = string.Concat(order.Chunk(2).Select(pair => $"{pair[1]}{pair[0]}"));
        }

        return order is "" or "AB" or "ABCD" or "ABCDEFGH" ? null : order;
    }

    [GeneratedRegex(@"^(?<area>[0134])(?<number>\d{4,5})(\.(?<length>\d{1,3})(?<way>[HL])?)?\s*(?<array>\[.*\])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
