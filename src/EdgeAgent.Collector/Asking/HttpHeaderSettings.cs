using System.ComponentModel;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Asking;

/// <summary>One header that a server wants to see.</summary>
public sealed record HttpHeaderSettings
{
    [Description("Name, for instance X-Api-Key.")]
    public required string Name { get; init; }

    [Description("Value; a secret one as ${env:NAME} or ${file:PATH}.")]
    public required Secret Value { get; init; }
}
