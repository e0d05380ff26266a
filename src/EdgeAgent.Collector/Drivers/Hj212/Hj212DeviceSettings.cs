using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.Hj212;

/// <summary>Which logger a device is.</summary>
public sealed record Hj212DeviceSettings
{
    [Description("The logger's own number (MN).")]
    public required string Mn { get; init; }

    [Description("The password that its packets must carry (PW); left out, any is taken.")]
    public Secret? Password { get; init; }
}
