namespace EdgeAgent.Collector.Asking;

/// <summary>One request, compiled.</summary>
/// <param name="Body">Sent by POST; null for GET.</param>
internal sealed record HttpQuestion(Uri Uri, byte[]? Body, string ContentType, string Accept)
{
    /// <summary>For messages: without its query, which may hold a key.</summary>
    public string Name { get; } = $"{(Body is null ? "GET" : "POST")} {Uri.GetLeftPart(UriPartial.Path)}";
}
