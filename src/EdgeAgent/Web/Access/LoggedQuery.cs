namespace EdgeAgent.Web.Access;

/// <summary>The query of an address as the audit log keeps it: without what lets somebody in.</summary>
/// <remarks>No endpoint takes a secret there, and people send them all the same: a log that others read must not hand them on.</remarks>
internal static class LoggedQuery
{
    public const string Hidden = "***";

    private static readonly string[] Secrets = ["token", "password", "passwd", "pwd", "secret", "code", "auth", "session", "csrf", "credential", "apikey", "api_key", "api-key"];

    /// <param name="query">With its question mark, or empty.</param>
    public static string WithoutSecrets(string query) => query.Length == 0 ? "" : string.Join('&', query.Split('&').Select(WithoutSecret));

    private static string WithoutSecret(string part)
    {
        int equals = part.IndexOf('=');
        (string name, string value) = equals < 0 ? (part, part) : (part[..equals], Uri.UnescapeDataString(part[(equals + 1)..]));
        string plain = Uri.UnescapeDataString(name).ToLowerInvariant();
        bool isSecret = Secrets.Any(word => plain.Contains(word, StringComparison.Ordinal)) || IsToken(value);
        return !isSecret ? part : equals < 0 ? Hidden : $"{name}={Hidden}";
    }

    /// <summary>A token, or a header with one, under whatever name.</summary>
    private static bool IsToken(string value) => value.Split(' ', '?', '"', '\'').Any(word => word.StartsWith("ea_", StringComparison.Ordinal) && word.Length > 20)
        || value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);
}
