namespace EdgeAgent.Collector.Publishing;

/// <summary>In whose name is published.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo of the key that signs batches.</param>
public sealed record PublisherIdentity(string Site, string Agent, string Version, ReadOnlyMemory<byte> PublicKey)
{
    /// <summary>Where publishers keep what they need from one run to the next; null keeps it in memory only.</summary>
    public string? StateDirectory { get; init; }
}
