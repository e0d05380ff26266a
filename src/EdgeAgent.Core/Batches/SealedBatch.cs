namespace EdgeAgent.Core.Batches;

/// <summary>A finished batch: the signed bytes that go to disk, over the wire and into evidence unchanged.</summary>
/// <remarks>The memory belongs to the <see cref="BatchBuilder"/> and is valid until its next Seal or Clear.</remarks>
/// <param name="Sequence">Position in the chain.</param>
/// <param name="Signed">The envelope: body and signature.</param>
/// <param name="Hash">SHA-256 of the body, 32 bytes; the next batch names it as its predecessor.</param>
public readonly record struct SealedBatch(long Sequence, ReadOnlyMemory<byte> Signed, ReadOnlyMemory<byte> Hash);
