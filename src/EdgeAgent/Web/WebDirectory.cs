using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Web;

/// <summary>Where the web part keeps its files: in the data directory of the hub, or of the agent where there is no hub.</summary>
internal static class WebDirectory
{
    /// <remarks>A process with nothing but a broker has no data directory of its own; the one that a hub would have serves.</remarks>
    public static string Of(AppConfig config) => config.Hub?.DataDirectory ?? config.Agent?.DataDirectory ?? Path.GetFullPath(new HubConfig().DataDirectory);

    public static string AuditLogOf(AppConfig config) => Path.Combine(Of(config), "audit", Uri.EscapeDataString(config.Site), "access.jsonl");
}
