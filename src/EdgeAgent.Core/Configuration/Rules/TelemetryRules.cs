namespace EdgeAgent.Core.Configuration;

/// <summary>What must hold for the export of metrics.</summary>
internal static class TelemetryRules
{
    public static void Check(OtlpConfig otlp, ConfigPath path, ConfigErrors errors)
    {
        if (!Uri.TryCreate(otlp.Endpoint, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            errors.Add(path.Member("endpoint"), $"'{otlp.Endpoint}' is no address of an OTLP receiver", "http or https with host, port and path", "for instance http://127.0.0.1:4318/v1/metrics");
        }

        foreach (string name in otlp.Headers.Keys.Where(name => name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            errors.Add(path.Member("headers").Member(name), $"'{name}' is no name of a header", "letters, digits and hyphens", "");
        }
    }
}
