using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Commands.Scan;

/// <summary>The settings that a serial line is tried with, the most usual first.</summary>
internal static class LineSettingsOrder
{
    /// <summary>Factory settings of most Modbus devices, of energy meters, then what people change them to.</summary>
    public static IReadOnlyList<SerialSettings> All { get; } =
    [
        Of(9600), Of(2400, SerialParity.Even), Of(9600, SerialParity.Even), Of(19_200), Of(19_200, SerialParity.Even), Of(115_200),
        Of(4800), Of(38_400), Of(57_600), Of(4800, SerialParity.Even), Of(1200, SerialParity.Even), Of(9600, SerialParity.Odd), Of(2400),
        Of(9600) with { StopBits = 2 },
    ];

    private static SerialSettings Of(int baudRate, SerialParity parity = SerialParity.None) => new() { BaudRate = baudRate, Parity = parity };
}
