using EdgeAgent.Core.Batches;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>In whose name batches are sealed.</summary>
internal sealed record BatchIdentity(string Site, string Agent, IBatchSigner Signer);
