using System.ComponentModel;

namespace EdgeAgent.Core.Configuration;

/// <summary>One user of the embedded broker and what he may do.</summary>
public sealed record BrokerUserConfig
{
    [Description("User name, or the common name of a client certificate.")]
    public required string Name { get; init; }

    [Description("Password; give it as ${env:NAME} or ${file:PATH}. Left out: only with a client certificate of that name.")]
    public Secret? Password { get; init; }

    [Description("Topic filters that the user may publish to; %u stands for the user name, %c for the client id.")]
    public IReadOnlyList<string> Publish { get; init; } = [];

    [Description("Topic filters that the user may receive; %u and %c as above.")]
    public IReadOnlyList<string> Subscribe { get; init; } = [];
}
