namespace EdgeAgent.Store.Ingest;

/// <summary>What checking a batch came to: accepted when neither refused nor held.</summary>
/// <param name="Authentic">Whether the signature is the enrolled agent's: only then is the agent told about a refusal, since anyone
/// on the broker could otherwise have its batches refused.</param>
internal readonly record struct Verdict(RefusalReason? Refusal, HoldReason? Hold, string Detail, bool Authentic)
{
    public static Verdict Accepted { get; } = new(null, null, "", true);

    public static Verdict Refused(RefusalReason reason, string detail, bool authentic = false) => new(reason, null, detail, authentic);

    public static Verdict Held(HoldReason reason, string detail) => new(null, reason, detail, false);
}
