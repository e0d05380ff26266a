using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>What is particular to one Modbus device.</summary>
public sealed record ModbusDeviceSettings
{
    [Description("Unit id behind the connection; a device that has no units of its own usually takes 1, 0 or 255.")]
    [DefaultValue(1), Range(0, 255)]
    public int UnitId { get; init; } = 1;

    [Description("What the data sheet calls the first address of a table, 0 or 1. Reference numbers such as 40001 always start at 1.")]
    [DefaultValue(0), Range(0, 1)]
    public int AddressBase { get; init; }

    [Description("Byte order of values where the tag gives none: ABCD, CDAB (registers swapped), BADC (bytes swapped) or DCBA.")]
    [DefaultValue("ABCD")]
    public string Order { get; init; } = "ABCD";

    [Description("Most registers that the device answers at once.")]
    [DefaultValue(125), Range(1, 125)]
    public int RegistersMax { get; init; } = 125;

    [Description("Most coils or discrete inputs that the device answers at once.")]
    [DefaultValue(2000), Range(1, 2000)]
    public int BitsMax { get; init; } = 2000;

    [Description("Unused registers that are read along rather than starting another request.")]
    [DefaultValue(16), Range(0, 124)]
    public int GapRegistersMax { get; init; } = 16;

    [Description("Unused coils or discrete inputs that are read along rather than starting another request.")]
    [DefaultValue(256), Range(0, 1999)]
    public int GapBitsMax { get; init; } = 256;

    [Description("Milliseconds that the device needs between an answer and its next request.")]
    [DefaultValue(0), Range(0, 10_000)]
    public int PauseMs { get; init; }

    [Description("Milliseconds to wait before asking again when the device says that it is busy (exceptions 5 and 6).")]
    [DefaultValue(200), Range(1, 10_000)]
    public int BusyWaitMs { get; init; } = 200;

    [Description("How often a busy device is asked again within one scan.")]
    [DefaultValue(3), Range(0, 100)]
    public int BusyTriesMax { get; init; } = 3;

    [Description("Milliseconds after which an address that the device refused is tried again.")]
    [DefaultValue(600_000), Range(1_000, 86_400_000)]
    public int RefusedRetryMs { get; init; } = 600_000;

    [Description("How text is written in the device: utf-8, gb18030 or latin1.")]
    [DefaultValue("utf-8")]
    public string Encoding { get; init; } = "utf-8";

    [Description("Whether to ask the device once a connection who made it (function 43/14).")]
    [DefaultValue(true)]
    public bool Identify { get; init; } = true;
}
