namespace EdgeAgent.Protocols.MtConnect;

/// <summary>One observation as it stands in a document.</summary>
/// <param name="Level">Of a condition: Normal, Warning, Fault or Unavailable; empty for samples and events.</param>
/// <param name="NativeCode">Of a condition, the controller's own number; empty when none.</param>
/// <param name="Text">Value of a sample or event, words of a condition.</param>
public readonly record struct MtConnectObservation(string DataItemId, long Sequence, string Timestamp, string Level, string NativeCode, string Text)
{
    public bool IsCondition => Level.Length > 0;

    /// <summary>The agent has no value (MTConnect part 1, UNAVAILABLE).</summary>
    public bool IsUnavailable => IsCondition ? Level == "Unavailable" : Text == "UNAVAILABLE";
}
