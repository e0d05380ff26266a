namespace EdgeAgent.Commands.Browse;

/// <summary>What to show of a server.</summary>
/// <param name="Namespace">A number or a URI; null for every one.</param>
internal sealed record BrowseWish(string Start, int Depth, string? Namespace, bool AsCsv);
