using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>One tag; flat, so that a row of a table is a tag.</summary>
public sealed record TagConfig
{
    [Description("Name of the tag, unique in its device.")]
    public required string Name { get; init; }

    [Description("Free text for people.")]
    public string? Description { get; init; }

    [Description("Address in the driver's syntax.")]
    public required string Address { get; init; }

    [Description("How the value lies in the device; left out, the driver's natural type for the address.")]
    public TagType? Type { get; init; }

    [Description("Byte order: AB or BA for 2 bytes, ABCD, CDAB, BADC or DCBA for 4, ABCDEFGH and so on for 8.")]
    public string? Order { get; init; }

    [Description("Length in bytes of a string or of bytes.")]
    [Range(1, 65_535)]
    public int? Length { get; init; }

    [Description("Bit to take out of an integer, 0 the lowest; makes the tag a boolean.")]
    [Range(0, 63)]
    public int? Bit { get; init; }

    [Description("Scan class; 'normal' when left out.")]
    public string? Scan { get; init; }

    [Description("Factor from the raw value to the engineering value.")]
    public double? Scale { get; init; }

    [Description("Added after the factor.")]
    public double? Offset { get; init; }

    [Description("Engineering unit, free text.")]
    public string? Unit { get; init; }

    [Description("Decimals worth showing.")]
    [Range(0, 15)]
    public int? Decimals { get; init; }

    [Description("Lowest plausible engineering value; below it the quality is uncertain.")]
    public double? Min { get; init; }

    [Description("Highest plausible engineering value; above it the quality is uncertain.")]
    public double? Max { get; init; }

    [Description("A change of no more than this many engineering units is not reported.")]
    [Range(0, double.MaxValue)]
    public double? Deadband { get; init; }

    [Description("A change of no more than this many percent of the range min to max is not reported.")]
    [Range(0, 100)]
    public double? DeadbandPercent { get; init; }

    [Description("With a deadband, the value is reported at least this often, in milliseconds.")]
    [Range(1, int.MaxValue)]
    public int? HeartbeatMs { get; init; }

    [Description("Leaves out the template's tag of this name.")]
    [DefaultValue(false)]
    public bool Remove { get; init; }

    /// <summary>The row of the table it came from; null for a tag of the configuration file itself.</summary>
    [JsonIgnore]
    public ConfigPath? Source { get; init; }
}
