namespace EdgeAgent.Core.Configuration;

/// <summary>Makes the paths of a configuration absolute, so that nothing depends on the directory the program was started in.</summary>
internal static class AbsolutePaths
{
    public static AppConfig In(AppConfig config, string directory) => config with
    {
        Agent = config.Agent is { } agent ? In(agent, directory) : null,
        Broker = config.Broker is { } broker ? In(broker, directory) : null,
        Hub = config.Hub is { } hub ? In(hub, directory) : null,
        Web = config.Web is { Https: { } https } web ? web with { Https = In(https, directory) } : config.Web,
    };

    private static AgentConfig In(AgentConfig agent, string directory) => agent with
    {
        DataDirectory = Full(agent.DataDirectory, directory),
        Publishers = [.. agent.Publishers.Select(p => p with { Tls = In(p.Tls, directory) })],
        Endpoints = [.. agent.Endpoints.Select(e => e with
        {
            Devices = [.. e.Devices.Select(d => d with { TagFile = Optional(d.TagFile, directory) })],
        })],
    };

    private static BrokerConfig In(BrokerConfig broker, string directory) => broker with
    {
        CertificateFile = Optional(broker.CertificateFile, directory),
        KeyFile = Optional(broker.KeyFile, directory),
        ClientCaFile = Optional(broker.ClientCaFile, directory),
    };

    private static WebHttpsConfig In(WebHttpsConfig https, string directory) => https with
    {
        CertificateFile = Optional(https.CertificateFile, directory),
        KeyFile = Optional(https.KeyFile, directory),
    };

    private static HubConfig In(HubConfig hub, string directory) => hub with
    {
        DataDirectory = Full(hub.DataDirectory, directory),
        Ledger = Optional(hub.Ledger, directory),
        Points = Optional(hub.Points, directory),
        // Anything else is the name of a built-in pack.
        RulePack = hub.RulePack.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Full(hub.RulePack, directory) : hub.RulePack,
        Broker = hub.Broker is { } broker ? broker with { Tls = In(broker.Tls, directory) } : null,
        Store = hub.Store with { Path = Full(hub.Store.Path, directory), Tls = In(hub.Store.Tls, directory) },
    };

    private static TlsConfig? In(TlsConfig? tls, string directory) => tls is null ? null : tls with
    {
        CaFile = Optional(tls.CaFile, directory),
        CertificateFile = Optional(tls.CertificateFile, directory),
        KeyFile = Optional(tls.KeyFile, directory),
    };

    private static string? Optional(string? path, string directory) => path is null ? null : Full(path, directory);

    // A NUL cannot be in a path; left as it is, opening the file reports it.
    private static string Full(string path, string directory) =>
        path.Length == 0 || path.Contains('\0') ? path : Path.GetFullPath(path, directory);
}
