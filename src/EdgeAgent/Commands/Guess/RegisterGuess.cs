using System.Globalization;
using EdgeAgent.Protocols.Modbus.Registers;

namespace EdgeAgent.Commands.Guess;

/// <summary>One way to read some registers, and the value that it gives.</summary>
/// <param name="Type">As it is written in a configuration.</param>
/// <param name="Order">As it is written in a configuration.</param>
/// <param name="IsPlausible">Whether a machine would have such a value.</param>
internal sealed record RegisterGuess(string Type, string Order, string Value, bool IsPlausible)
{
    private static readonly ModbusValueType[] Types =
    [
        ModbusValueType.Int16, ModbusValueType.UInt16, ModbusValueType.Bcd16,
        ModbusValueType.Float32, ModbusValueType.Int32, ModbusValueType.UInt32, ModbusValueType.Bcd32,
        ModbusValueType.Float64, ModbusValueType.Int64, ModbusValueType.UInt64,
    ];

    private static readonly string[] Orders16 = ["AB", "BA"];
    private static readonly string[] Orders32 = ["ABCD", "CDAB", "BADC", "DCBA"];

    /// <summary>Machines measure between a thousandth and ten millions; a float read in a wrong order falls out of this almost always.</summary>
    private const double FloatLeast = 1e-3;
    private const double FloatMost = 1e7;

    /// <summary>An integer in a wrong order has its small bytes at the top and becomes huge.</summary>
    private const double IntegerMost = 1e8;

    /// <summary>Every type that fits in the registers in every order, in the order of the sizes.</summary>
    /// <param name="wire">As it came: 2, 4 or 8 bytes.</param>
    /// <param name="least">Below it no value is plausible; the tag's own limits, where it has some.</param>
    /// <param name="most">Above it no value is plausible.</param>
    public static IReadOnlyList<RegisterGuess> All(ReadOnlySpan<byte> wire, double? least, double? most)
    {
        List<RegisterGuess> guesses = [];
        foreach (ModbusValueType type in Types)
        {
            int bytes = type.Registers() * 2;
            foreach (string order in bytes > wire.Length ? [] : bytes == 2 ? Orders16 : Orders32)
            {
                if (ModbusOrderNames.TryParse(order, bytes, out ModbusOrder parsed) && RegisterDecoder.TryDecode(wire[..bytes], type, parsed, out ulong bits))
                {
                    (double value, string text) = ValueOf(type, bits);
                    guesses.Add(new RegisterGuess(type.ToString().ToLowerInvariant(), order, text, IsLikely(type, value, least, most)));
                }
            }
        }

        return guesses;
    }

    private static (double Value, string Text) ValueOf(ModbusValueType type, ulong bits) => type switch
    {
        ModbusValueType.Float32 => Of(BitConverter.UInt32BitsToSingle((uint)bits)),
        ModbusValueType.Float64 => Of(BitConverter.UInt64BitsToDouble(bits)),
        ModbusValueType.Int16 or ModbusValueType.Int32 or ModbusValueType.Int64 => ((long)bits, ((long)bits).ToString(CultureInfo.InvariantCulture)),
        _ => (bits, bits.ToString(CultureInfo.InvariantCulture)),
    };

    private static (double, string) Of(float value) => (value, value.ToString("R", CultureInfo.InvariantCulture));

    private static (double, string) Of(double value) => (value, value.ToString("R", CultureInfo.InvariantCulture));

    private static bool IsLikely(ModbusValueType type, double value, double? least, double? most)
    {
        if (!double.IsFinite(value) || value < least || value > most)
        {
            return false;
        }

        double size = Math.Abs(value);
        return type is ModbusValueType.Float32 or ModbusValueType.Float64 ? size is 0 or (>= FloatLeast and <= FloatMost) : size <= IntegerMost;
    }
}
