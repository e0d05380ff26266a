using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers;

/// <summary>A serial port of the gateway, for every driver that stands on a line. What is left out is what the driver's protocol usually uses.</summary>
public sealed record SerialLineSettings
{
    [Description("Path of the port; one below /dev/serial/by-id means the same adapter wherever it is plugged in.")]
    public required string Port { get; init; }

    [Description("Bits a second, also rates that no standard names.")]
    [Range(300, 921_600)]
    public int? BaudRate { get; init; }

    [Description("Data bits of a character.")]
    [Range(5, 8)]
    public int? DataBits { get; init; }

    [Description("Parity bit of a character: none, even, odd, mark or space.")]
    [JsonConverter(typeof(LowerCaseEnumConverter<SerialParity>))]
    public SerialParity? Parity { get; init; }

    [Description("Stop bits of a character.")]
    [Range(1, 2)]
    public int? StopBits { get; init; }

    [Description("For ports whose driver steers the direction of an RS-485 transceiver through RTS; USB adapters need nothing.")]
    public Rs485LineSettings? Rs485 { get; init; }

    /// <param name="usual">What the driver's protocol usually uses.</param>
    /// <param name="path">Where these settings are.</param>
    /// <returns>Null when there was an error.</returns>
    internal SerialPlace? Compile(SerialSettings usual, ConfigPath path, ConfigErrors errors)
    {
        if (!Port.StartsWith('/'))
        {
            errors.Add(path.Member("port"), $"'{Port}' is no path of a port", "the whole path", "\"/dev/ttyUSB0\", or better one below /dev/serial/by-id");
            return null;
        }

        return new SerialPlace(Port, new SerialSettings
        {
            BaudRate = BaudRate ?? usual.BaudRate,
            DataBits = DataBits ?? usual.DataBits,
            Parity = Parity ?? usual.Parity,
            StopBits = StopBits ?? usual.StopBits,
            Rs485 = Rs485 is null ? null : new Rs485Settings(Rs485.RtsOnSend, Rs485.DelayBeforeSendMs, Rs485.DelayAfterSendMs, Rs485.ReceiveWhileSending),
        });
    }
}

/// <summary>How the port's driver turns an RS-485 transceiver round.</summary>
public sealed record Rs485LineSettings
{
    [Description("Whether RTS is high while sending.")]
    [DefaultValue(true)]
    public bool RtsOnSend { get; init; } = true;

    [Description("Milliseconds from turning the transceiver to the first bit.")]
    [DefaultValue(0), Range(0, 1000)]
    public int DelayBeforeSendMs { get; init; }

    [Description("Milliseconds from the last bit to turning the transceiver back.")]
    [DefaultValue(0), Range(0, 1000)]
    public int DelayAfterSendMs { get; init; }

    [Description("Whether we hear ourselves.")]
    [DefaultValue(false)]
    public bool ReceiveWhileSending { get; init; }
}
