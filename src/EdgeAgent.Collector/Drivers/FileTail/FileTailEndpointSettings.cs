using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>A folder into which machines write lines.</summary>
public sealed record FileTailEndpointSettings
{
    [Description("The folder.")]
    public required string Directory { get; init; }

    [Description("Names of the files in it, with * and ?; include the names that rotated files get, such as press.log*.")]
    [DefaultValue("*.csv")]
    public string Files { get; init; } = "*.csv";

    [Description("What separates columns: one character, or \\t.")]
    [DefaultValue(",")]
    public string Separator { get; init; } = ",";

    [Description("Whether the first line of a file names its columns.")]
    [DefaultValue(true)]
    public bool Header { get; init; } = true;

    [Description("Regular expression with named groups that takes a line apart, instead of columns.")]
    public string? Pattern { get; init; }

    [Description("Columns (or groups) that together are the time of a line, such as [\"date\", \"time\"]; left out, the time at which it is read.")]
    public IReadOnlyList<string> Time { get; init; } = [];

    [Description("Form of the time as .NET writes it, such as dd.MM.yyyy HH:mm:ss; left out, ISO 8601 and its relatives.")]
    public string? TimeFormat { get; init; }

    [Description("Offset from UTC, in hours, of times that name no zone.")]
    [DefaultValue(8), Range(-12, 14)]
    public int UtcOffsetHours { get; init; } = 8;

    [Description("How text is written: utf-8, ascii, gbk, gb18030 or latin1.")]
    [DefaultValue("utf-8")]
    public string Encoding { get; init; } = "utf-8";

    [Description("Whether files that are there at the very first start are read from their beginning; else only what is added.")]
    [DefaultValue(false)]
    public bool FromBeginning { get; init; }

    [Description("Milliseconds between looks into the folder.")]
    [DefaultValue(1000), Range(20, 3_600_000)]
    public int LookMs { get; init; } = 1000;

    [Description("Milliseconds behind the present from which on lines count as late: they fill the gap of their own time.")]
    [DefaultValue(600_000), Range(1000, 86_400_000)]
    public int LateMs { get; init; } = 600_000;
}
