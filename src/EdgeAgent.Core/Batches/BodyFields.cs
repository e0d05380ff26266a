namespace EdgeAgent.Core.Batches;

/// <summary>Field numbers of <c>SignedBatch</c> and <c>BatchBody</c> in reading_batch.proto.</summary>
internal static class BodyFields
{
    public const int EnvelopeBody = 1;
    public const int EnvelopeSignature = 2;

    public const int Version = 1;
    public const int Site = 2;
    public const int Agent = 3;
    public const int Incarnation = 4;
    public const int Sequence = 5;
    public const int PreviousHash = 6;
    public const int CreatedTicks = 7;
    public const int ConfigHash = 8;
    public const int Content = 9;
    public const int Definition = 10;
}
