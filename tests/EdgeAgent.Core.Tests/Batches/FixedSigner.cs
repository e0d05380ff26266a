using EdgeAgent.Core.Batches;

namespace EdgeAgent.Core.Tests.Batches;

/// <summary>Puts the hash where the signature goes, so that golden bytes stay the same from run to run.</summary>
internal sealed class FixedSigner : IBatchSigner
{
    public ReadOnlyMemory<byte> PublicKey => default;

    public void Sign(ReadOnlySpan<byte> hash, Span<byte> signature64)
    {
        hash.CopyTo(signature64);
        hash.CopyTo(signature64[32..]);
    }
}
