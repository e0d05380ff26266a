using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Asking;

/// <summary>A server that is asked over HTTP: where it is, how to be let in, how long to wait.</summary>
public abstract record HttpServerSettings
{
    [Description("Address that all requests begin with: http://host:port/base or https://host:port/base.")]
    public required string Url { get; init; }

    [Description("Certificates for an https address; a CA file or a pinned certificate is required there.")]
    public TlsConfig? Tls { get; init; }

    [Description("User name of basic authentication.")]
    public string? User { get; init; }

    [Description("Password; give it as ${env:NAME} or ${file:PATH}.")]
    public Secret? Password { get; init; }

    [Description("Bearer token; give it as ${env:NAME} or ${file:PATH}.")]
    public Secret? Token { get; init; }

    [Description("Further headers of each request, such as a key that the server wants.")]
    public IReadOnlyList<HttpHeaderSettings> Headers { get; init; } = [];

    [Description("Milliseconds in which a connection must stand, TLS included.")]
    [DefaultValue(3000), Range(100, 60_000)]
    public int ConnectTimeoutMs { get; init; } = 3000;

    [Description("Milliseconds in which a request must be answered, its last byte included.")]
    [DefaultValue(5000), Range(10, 300_000)]
    public int ResponseTimeoutMs { get; init; } = 5000;

    [Description("Longest answer taken, in bytes, after decompression.")]
    [DefaultValue(4_194_304), Range(64, 67_108_864)]
    public int ResponseBytesMax { get; init; } = 4_194_304;

    [Description("Connections kept open to the server; devices beyond that wait for each other.")]
    [DefaultValue(2), Range(1, 16)]
    public int ConnectionsMax { get; init; } = 2;
}
