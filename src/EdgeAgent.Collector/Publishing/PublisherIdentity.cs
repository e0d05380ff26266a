namespace EdgeAgent.Collector.Publishing;

/// <summary>In whose name is published.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo of the key that signs batches.</param>
public sealed record PublisherIdentity(string Site, string Agent, string Version, ReadOnlyMemory<byte> PublicKey);
