namespace EdgeAgent.Core.Batches;

/// <summary>Field numbers of <c>BatchContent</c> in reading_batch.proto.</summary>
internal static class ContentFields
{
    public const int Readings = 1;
    public const int TagStep = 2;
    public const int TagRun = 3;
    public const int TimeStep = 4;
    public const int TimeRun = 5;
    public const int Kind = 6;
    public const int KindRun = 7;
    public const int Quality = 8;
    public const int QualityRun = 9;
    public const int Booleans = 10;
    public const int Int64 = 11;
    public const int UInt64 = 12;
    public const int Float32 = 13;
    public const int Float64 = 14;
    public const int TextLength = 15;
    public const int Text = 16;
    public const int BytesLength = 17;
    public const int Bytes = 18;
    public const int Accounts = 19;
    public const int Discarded = 20;
}
